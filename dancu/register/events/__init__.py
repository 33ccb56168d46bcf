"""What happens in people's lives, each event one transaction that may be about several people: their rows,
histories, residences, numbers and the counts, one line of what happened for each, and the audit. Whatever an
event did can be undone (undoing.py). docs/decisions/0017-an-event-is-undone-whole.md
"""
