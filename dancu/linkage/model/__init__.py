"""What counts as agreement and how much, for people of any country: the fields and levels are a file, the
weights another.
"""
