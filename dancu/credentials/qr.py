"""Drawing QR codes, and reading them from a picture."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import numpy as np
import zxingcpp
from PIL import Image, ImageOps

from dancu.apart import TookTooMuch, apart
from dancu.credentials.errors import NoQrCode, NotAPicture, PictureTooLarge, TooHardToRead

QUIET = 4  # modules of white around a code: ISO/IEC 18004 §6.3.8
MAX_MEGABYTES = 16
MAX_MEGAPIXELS = 50  # of a JPEG, which is read at an eighth of its size; of others half as many
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")  # not EPS, for which Pillow would start another program
_LONGEST = 1_600  # pixels: a QR code of 57 modules is then read from a tenth of a page
_OTHER_SIZES = (800, 400)


def svg(text: str, ec_level: str = "M") -> str:
    """The QR code with its quiet zone, as an SVG element to stand in a page, sized by its style. Raises
    NoQrCode.

    One stroke to each run of dark modules: a fifth of the bytes of a rectangle to each.
    """
    rows = _modules(text, ec_level)
    side = len(rows) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" aria-label="QR"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path stroke="#000" d="{"".join(_strokes(rows))}"/></svg>'
    )


def png(text: str, scale: int, ec_level: str = "M") -> bytes:
    """The QR code with its quiet zone, `scale` pixels to a module, black on white. Raises NoQrCode."""
    light = np.pad(~_modules(text, ec_level), QUIET, constant_values=True).repeat(scale, 0).repeat(scale, 1)
    drawn = BytesIO()
    Image.fromarray(light).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def version(text: str, ec_level: str = "M") -> int:
    """The QR code's version, 1 to 40; it has 17 + 4 × version modules to a side. Raises NoQrCode."""
    return (len(_modules(text, ec_level)) - 17) // 4


def read(image: bytes) -> list[str]:
    """The texts of the QR codes in a picture (PNG, JPEG, WebP, GIF, BMP), turned or inverted as they may be.

    None found: an empty list. Read in a process of its own, as the picture is a stranger's. Raises
    NotAPicture, PictureTooLarge, TooHardToRead.
    """
    if len(image) > MAX_MEGABYTES << 20:
        raise PictureTooLarge(MAX_MEGABYTES, MAX_MEGAPIXELS)
    try:
        return apart(_read, image)
    except TookTooMuch:
        raise TooHardToRead from None


def _read(image: bytes) -> list[str]:
    picture = _opened(image)
    for nth, candidate in enumerate(_sizes(picture)):
        found = zxingcpp.read_barcodes(
            candidate,
            formats=_QR,
            text_mode=zxingcpp.TextMode.Plain,
            try_rotate=not nth,
            try_downscale=not nth,
        )
        if found:
            return list(dict.fromkeys(code.text for code in found))
    return []


def _modules(text: str, ec_level: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which modules are dark, without the quiet zone."""
    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=ec_level)
    except ValueError as error:
        raise NoQrCode(error) from None
    return np.asarray(code.to_image(scale=1, add_quiet_zones=False)) == 0


def _strokes(rows: np.ndarray[Any, np.dtype[np.bool_]]) -> Iterator[str]:
    for y, row in enumerate(rows.tolist()):
        move, skipped = f"M{QUIET} {y + QUIET}.5", 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"{move}m{skipped} 0h{length}" if skipped else f"{move}h{length}"
                move = ""
            skipped = length


def _opened(image: bytes) -> Image.Image:
    """The picture in shades of grey, on white where it is transparent, no longer than the largest size
    read.
    """
    try:
        picture = Image.open(BytesIO(image), formats=_FORMATS)
        most = MAX_MEGAPIXELS if picture.format == "JPEG" else MAX_MEGAPIXELS // 2
        if picture.width * picture.height > most * 1_000_000:
            raise PictureTooLarge(MAX_MEGABYTES, most)
        picture.thumbnail((_LONGEST, _LONGEST))
        if picture.has_transparency_data:
            white = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(white, picture.convert("RGBA"))
        return picture.convert("L")
    except (PictureTooLarge, Image.DecompressionBombError):
        raise PictureTooLarge(MAX_MEGABYTES, MAX_MEGAPIXELS) from None
    except Exception:  # a damaged file makes Pillow's readers raise almost anything
        raise NotAPicture from None


def _sizes(picture: Image.Image) -> Iterator[Image.Image]:
    """A code may be a small part of a photograph, or the whole of a blurred or a tiny one."""
    yield picture
    for side in _OTHER_SIZES:
        longer, shorter = max(picture.size), min(picture.size)
        if (
            longer != side < 2 * longer and shorter * side >= longer
        ):  # of a strip so thin nothing would be left
            yield ImageOps.contain(picture, (side, side))
