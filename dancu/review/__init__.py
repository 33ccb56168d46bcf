"""Review of doubtful cases: a queue, answers by one or two officials, and the decisions.

The tables were made in `matching/migrations`, where the room began.
"""
