"""Nationalities to choose from: ISO 3166-1 alpha-3 codes, with the names that Babel has in the reader's
language.
"""

import functools

from babel import Locale
from django.utils.translation import get_language

from dancu.register.codes import NATIONALITIES
from dancu.text.folding import fold


def countries() -> list[tuple[str, str]]:
    """(code, name) by name, Vietnam first; an empty choice before all."""
    return _named("en" if get_language() == "en" else "vi")


@functools.cache
def _named(language: str) -> list[tuple[str, str]]:
    names = Locale(language).territories
    named = [(nationality, names[country]) for nationality, country in NATIONALITIES.items()]
    return [("", ""), *sorted(named, key=lambda country: (country[0] != "VNM", fold(country[1])))]
