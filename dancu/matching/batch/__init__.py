"""A file of declarations of any size compared with the register: what `who_is` does for one, for all of
them at once.
"""
