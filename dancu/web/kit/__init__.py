"""The page kit: what officials' pages are made of, so that a floor's page is a form, a list and its words.

`/kit/` shows each piece in a demo; docs/adding/list.md says how a list is made.
"""
