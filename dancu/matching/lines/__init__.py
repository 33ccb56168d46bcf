"""A line that was typed or pasted, of which nobody says what is the name, the date or the number."""
