"""Two writings of one text: a name or an address without its marks, or in capitals, says nothing against
the one that has them.
"""

from functools import lru_cache

from dancu.text.folding import fold
from dancu.text.syllables import as_written, parted


def fuller(known: str, said: str) -> str:
    """What is known, where `said` differs from it in nothing but marks and capitals that it lacks; else, word
    by word, what is said.

    "Lê Nguyễn Thúy Thảo" for "LE NGUYEN THUY THAO"; "Lê Văn Tuân" for "Lê Văn Tuấn" said otherwise, since
    that word has its own marks.
    """
    words = known.split(), said.split()
    if known == said or len(words[0]) != len(words[1]):
        return said
    kept = [_word(one, other) for one, other in zip(*words, strict=True)]
    return said if None in kept else " ".join(word for word in kept if word)


def lacks_marks(kept: str, said: str) -> bool:
    """Whether one who writes marks left out some of a word: of "Hoa" for "Hòa" nobody knows which is
    meant.
    """
    is_another = list(map(parted, kept.split())) != list(
        map(parted, said.split())
    )  # not for a tone elsewhere: Hoà, Hòa
    return is_another and fold(said) != said.lower()


@lru_cache(1 << 17)  # words come again and again
def _word(known: str, said: str) -> str | None:
    """None: it is another word."""
    bare = fold(said)
    if bare != fold(known):
        return None
    if known.lower() != said.lower() and parted(known) == parted(said):  # Hoà and Hòa
        said = as_written(known.lower(), said)
    has_marks = bare != said.lower()
    word = said if has_marks and said.lower() != known.lower() else known
    if _is_bare(word) and not (len(known) > 1 and _is_bare(known)):
        return word[:1].upper() + word[1:].lower() if known[:1].isupper() else word
    if _is_bare(known) and not _is_bare(said) and word == known:
        return known[:1].upper() + known[1:].lower()
    return word


def _is_bare(word: str) -> bool:
    """All in capitals, or all in small letters."""
    return len(word) > 1 and (word.isupper() or word.islower())
