"""What of a number may be shown to somebody who need not know it."""

from dancu.values.digits import clean_number


def mask(number: str) -> str:
    """A number fit to be shown: "••••••••1234".

    Only the last four digits: province, sex and birth year stand in the first six and are easily guessed or
    known, so showing those would give away no less than the whole number to someone who tries the rest.
    """
    number = clean_number(number)
    shown = number[-4:] if len(number) > 4 else ""
    return "•" * (len(number) - len(shown)) + shown
