"""Declared names, dates, numbers, telephones and addresses, as they were meant: what was wrong with them
is undone, and told.
"""
