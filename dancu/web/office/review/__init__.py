"""Doubtful cases, two records side by side."""
