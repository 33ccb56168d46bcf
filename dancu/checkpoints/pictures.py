"""Photographs made small. Done in a process of its own (dancu/apart.py), as a file may be made to take
long.
"""

from io import BytesIO

from PIL import Image, ImageOps

from dancu.apart import TookTooMuch, apart
from dancu.checkpoints.errors import BadPicture

MOST_MEGABYTES, MOST_MEGAPIXELS, MOST_SIDE = 12, 40, 12_000  # what a telephone's camera makes
_SIDE, _QUALITY = 1280, 70  # a plate across a road is read on it; about 150 KB


def small(picture: bytes) -> bytes:
    """A photograph as JPEG of at most 1,280 pixels, upright and without what the camera wrote into it
    (place, owner). Raises BadPicture.
    """
    if len(picture) > MOST_MEGABYTES << 20:
        raise BadPicture
    try:
        return apart(_small, picture)
    except TookTooMuch:
        raise BadPicture from None


def _small(picture: bytes) -> bytes:
    try:
        opened = Image.open(BytesIO(picture), formats=("JPEG", "PNG", "WEBP"))
        if max(opened.size) > MOST_SIDE or opened.width * opened.height > MOST_MEGAPIXELS * 1_000_000:
            raise BadPicture
        opened.draft("RGB", (_SIDE, _SIDE))
        upright = ImageOps.exif_transpose(opened).convert("RGB")
        upright.thumbnail((_SIDE, _SIDE))
        upright.info.clear()  # comments too
        made = BytesIO()
        upright.save(made, "JPEG", quality=_QUALITY)
    except BadPicture:
        raise
    except Exception:  # a damaged file makes Pillow's readers raise almost anything
        raise BadPicture from None
    return made.getvalue()
