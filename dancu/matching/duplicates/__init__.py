"""Two records of one person: in the whole register, and of one record."""
