"""Problems by the name that devices are told, such as nobodys-shift of NobodysShift."""

from collections.abc import Iterator

from django.utils.translation import gettext

from dancu.errors import TranslatedError


def code_of(problem: Exception | type[Exception]) -> str:
    """The name of a problem."""
    kind = problem if isinstance(problem, type) else type(problem)
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in kind.__name__).lstrip("-")


def in_words(code: str) -> str:
    """What such a problem says, in the reader's language; the name itself where none is called so."""
    found = next((each for each in _all(TranslatedError) if code_of(each) == code), None)
    return gettext(found.__doc__ or "") if found else code


def _all(kind: type[TranslatedError]) -> Iterator[type[TranslatedError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all(each)
