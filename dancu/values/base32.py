"""Crockford's base 32, in which codes are written that people read and type: no I, L, O, U; read as 1, 1, 0
where written by mistake.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUE = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


def letters_of(number: int, length: int) -> str:
    """The last so many digits of a number."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
