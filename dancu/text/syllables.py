"""What a Vietnamese syllable can be: an onset, a rhyme, a tone. By this a garbled word is told from a
real one.
"""

import unicodedata
from functools import lru_cache

from dancu.text.folding import fold

TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}  # by their Telex keys
_MARKS = frozenset(TONES.values())
_ONSETS = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ")
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt
êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng
oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh
ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt
ươu ưt ưu y
""".split()
_ALONE = ["yêm", "yên", "yêng", "yêt", "yêu", "yêp"]  # only where nothing stands before
_AFTER_QU = ["ynh", "yên", "yêt", "ych", "yt", "yu", "yn", "yêu"]
_STOPPED = ("c", "ch", "p", "t")  # such a syllable has the tone sắc or nặng


def _syllables() -> dict[str, tuple[str, str]]:
    found = {onset + rhyme: (onset, rhyme) for onset in _ONSETS for rhyme in _RHYMES}
    found |= {rhyme: ("", rhyme) for rhyme in _ALONE}
    return found | {"qu" + rhyme: ("qu", rhyme) for rhyme in [*_RHYMES, *_AFTER_QU]} | {"gi": ("g", "i")}


_SYLLABLES = _syllables()
_FOLDED = frozenset(fold(syllable) for syllable in _SYLLABLES)


def is_syllable(word: str) -> bool:
    """Whether a word with its marks, in any case, is one that Vietnamese can have: "Nguyễn" is, "Nguyển"
    too, "Nguyeenx" not.
    """
    bare, tone = parted(word)
    return (
        bare in _SYLLABLES
        and len(tone) <= 1
        and (not bare.endswith(_STOPPED) or tone in ("\u0301", "\u0323"))
    )


def is_plausible(word: str) -> bool:
    """The same, or a word that is one without its marks: "Nguyen", "Duc"."""
    return is_syllable(word) or (word.isascii() and word.lower() in _FOLDED)


@lru_cache(maxsize=1 << 16)  # more words than there are in a million declarations, misspelt ones included
def parted(word: str) -> tuple[str, str]:
    """A word in lower case without its tone, and the tone as a combining mark: "Nguyễn" → "nguyên",
    "\u0303".
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    tone = "".join(letter for letter in decomposed if letter in _MARKS)
    bare = "".join(letter for letter in decomposed if letter not in _MARKS)
    return unicodedata.normalize("NFC", bare), tone


def toned(bare: str, tone: str) -> str:
    """A syllable with its tone where the register writes it: "hoa" and grave → "hòa", "hoan" → "hoàn",
    "quy" → "quỳ".
    """
    if not tone:
        return bare
    onset, rhyme = _SYLLABLES[bare]
    at = len(onset) + _seat(rhyme)
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def as_written(bare: str, like: str) -> str:
    """`bare` in the case of the word that it stands for."""
    if len(like) > 1 and like.isupper():
        return bare.upper()
    return bare[:1].upper() + bare[1:] if like[:1].isupper() else bare


def _seat(rhyme: str) -> int:
    """Which letter of a rhyme carries the tone."""
    marked = [at for at, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    vowels = len(rhyme.rstrip("bcdghklmnpqrstvx"))
    if vowels == 1:
        return 0
    closed = vowels < len(rhyme)
    return 1 if vowels == 3 or closed else 0
