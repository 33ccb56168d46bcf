"""A file's bytes as UTF-8 whose only line end is \\n, piece by piece."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

PIECE = 1 << 24  # bytes read at once: some 150,000 rows


def pieces(source: Path | bytes, encoding: str, size: int | None = None) -> Iterator[bytes]:
    """The text in pieces, cut anywhere but within a letter or a line end. \\r\\n and a lone \\r end a line as
    \\n does, in one file too.

    Bytes that are no letters of another encoding than UTF-8 become U+FFFD; UTF-8 is passed on as it is.
    Raises OSError, LookupError.
    """
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        yield from _with_one_line_end(_without_mark(_in_utf_8(file, encoding, size or PIECE)))


def is_plain(source: Path | bytes, encoding: str) -> bool:
    """Whether it is UTF-8 throughout and every \\r stands before a \\n."""
    if codecs.lookup(encoding).name not in ("utf-8", "utf-8-sig"):
        return False
    decoder, ended = codecs.getincrementaldecoder("utf-8")(), False
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            while piece := file.read(PIECE):
                decoder.decode(piece)
                alone = piece.count(b"\r") - piece.count(b"\r\n") - piece.endswith(b"\r")
                if alone or (ended and not piece.startswith(b"\n")):
                    return False
                ended = piece.endswith(b"\r")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return not ended


def _in_utf_8(file: BinaryIO, encoding: str, size: int) -> Iterator[bytes]:
    if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig"):
        while piece := file.read(size):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while piece := file.read(size):
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _without_mark(parts: Iterator[bytes]) -> Iterator[bytes]:
    for nth, part in enumerate(parts):
        yield part if nth else part.removeprefix(codecs.BOM_UTF8)


def _with_one_line_end(parts: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for part in parts:
        text, held = held + part, b""
        if text.endswith(b"\r"):  # its \n may come with the next piece
            text, held = text[:-1], b"\r"
        yield text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
    if held:
        yield b"\n"
