"""Numbers of people and shares as the reader's language writes them."""

from django.utils.formats import get_format, number_format

NOT_TOLD = "…"  # what statistics offices print for a number that is not published


def in_digits(people: int | None) -> str:
    """1.234.567 in Vietnamese, 1,234,567 in English."""
    return NOT_TOLD if people is None else f"{people:,}".replace(",", get_format("THOUSAND_SEPARATOR"))


def in_percent(share: float | None) -> str:
    """Of a share from 0 to 1: 12,3 % in Vietnamese, 12.3 % in English."""
    return (
        NOT_TOLD if share is None else f"{number_format(round(share * 100, 1), 1)} %"
    )  # number_format cuts off
