"""In which encoding a text file is, by its letters."""

import codecs
import re
import unicodedata
from pathlib import Path

from dancu.text.syllables import is_syllable


def detected_encoding(path: Path, start: bytes) -> str:
    """The encoding of a text file by its beginning, or by all of it where the beginning is plain ASCII."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return name
    half = max(len(start) // 2, 1)
    for name, zeros in (("utf-16-le", start[1::2].count(0)), ("utf-16-be", start[::2].count(0))):
        if zeros > 0.4 * half:
            return name
    if _is_utf_8(path):
        return "utf-8"
    valid = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", start))
    if valid > 20 and valid > 10 * start.decode("utf-8", "replace").count("\ufffd"):
        return "utf-8"  # some letters are broken; they are told
    words = re.findall(
        r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*", unicodedata.normalize("NFC", start.decode("cp1258", "replace"))
    )[:2000]
    return "cp1258" if words and sum(map(is_syllable, words)) > 0.6 * len(words) else "cp1252"


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as source:
            while block := source.read(1 << 22):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
