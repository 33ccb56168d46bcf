"""Text as it arrives: folded, mended, heard. Nothing here knows a table or a form."""
