"""Doubtful cases put before people: a queue, one or two pairs of eyes, and what they decided.

The tables were made in `matching/migrations`, where the room began.
"""
