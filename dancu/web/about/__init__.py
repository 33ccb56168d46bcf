"""Help, whom to call, what happens to one's data, how well the pages can be used by everyone; and pages
that say what went wrong.
"""
