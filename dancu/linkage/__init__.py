"""Who stands twice in a file, or in two: any people, places or things of any country, told apart by a
model made from a mapping.
"""
