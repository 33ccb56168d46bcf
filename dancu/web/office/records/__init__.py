"""A person's record: found, shown, corrected, merged, and what happens in a life."""
