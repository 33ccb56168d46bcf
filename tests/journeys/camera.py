"""What a camera films: a picture held before it, as a y4m file that Chromium plays in place of a camera."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, ImageOps

WIDTH, HEIGHT = 1280, 720
_FRAMES = 2  # played again and again


def film(picture: bytes, file: Path) -> Path:
    """A film of this picture, held a little unsharp before a grey wall, as large as the frame allows."""
    shown = Image.open(BytesIO(picture)).convert("RGB")
    shown = ImageOps.contain(shown, (WIDTH - 80, HEIGHT - 40), Image.Resampling.LANCZOS)
    frame = Image.new("RGB", (WIDTH, HEIGHT), (120, 124, 118))
    frame.paste(shown, ((WIDTH - shown.width) // 2, (HEIGHT - shown.height) // 2))
    planes = _planes(frame.filter(ImageFilter.GaussianBlur(0.6)))
    with file.open("wb") as made:
        made.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _frame in range(_FRAMES):
            made.write(b"FRAME\n" + planes)
    return file


def _planes(frame: Image.Image) -> bytes:
    """Y, Cb and Cr, the colours at half the size."""
    y, cb, cr = np.moveaxis(np.asarray(frame.convert("YCbCr")), 2, 0)
    return y.tobytes() + cb[::2, ::2].tobytes() + cr[::2, ::2].tobytes()
