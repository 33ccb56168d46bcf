"""A pass's number and how people write it: twelve letters and digits in three groups, the last one a check.

Crockford's base 32, and his check symbol kept to the same 32 by a weighted sum.
"""

import secrets

from dancu.checkpoints.errors import BadPassCode, MistypedPassCode
from dancu.values.base32 import ALPHABET, VALUE, letters_of

_LENGTH = (
    11  # 55 bits: two of ten million live passes are alike once in some hundred issues of the whole country's
)


def new_pass_id() -> int:
    """A pass number nobody can guess: 55 random bits. Never one whose code is all digits, for twelve
    digits are read as a PIN.
    """
    while pass_code(number := secrets.randbits(5 * _LENGTH)).replace("-", "").isdigit():
        pass
    return number


def pass_code(pass_id: int) -> str:
    """The number as printed: "7K3M-9QX2-PF4Y"."""
    letters = letters_of(pass_id, _LENGTH)
    letters += ALPHABET[_check(letters)]
    return "-".join(letters[i : i + 4] for i in range(0, 12, 4))


def pass_id_of(code: str) -> int:
    """The number a person typed, in any case, with or without dashes. Raises BadPassCode; MistypedPassCode
    for a wrong letter or two that were swapped."""
    letters = [letter for letter in code.upper() if not letter.isspace() and letter not in "-–.·"]
    if len(letters) != _LENGTH + 1 or not all(letter in VALUE for letter in letters):
        raise BadPassCode
    if _check("".join(letters[:-1])) != VALUE[letters[-1]]:
        raise MistypedPassCode
    number = 0
    for letter in letters[:-1]:
        number = number << 5 | VALUE[letter]
    return number


def _check(letters: str) -> int:
    """A Reed–Solomon check symbol over GF(32): finds every single wrong letter and every swap of two
    neighbours.
    """
    total = 0
    for letter in letters:
        total = _times_two(total ^ VALUE[letter])
    return total


def _times_two(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value  # x^5 + x^2 + 1
