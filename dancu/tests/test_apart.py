"""What a stranger sends takes no more of a server than a process of its own may."""

import os
import time
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from dancu.apart import SECONDS, TookTooMuch, apart
from dancu.credentials import qr
from dancu.credentials.errors import CredentialError, NotAPicture

pytestmark = pytest.mark.slow


def test_what_is_given_and_what_is_raised_come_back():
    assert apart(divmod, 7, 3) == (2, 1)
    with pytest.raises(ZeroDivisionError):
        apart(divmod, 7, 0)


def test_who_computes_or_sleeps_too_long_is_ended():
    began = time.monotonic()
    with pytest.raises(TookTooMuch):
        apart(pow, 7, 10**9)
    with pytest.raises(TookTooMuch):
        apart(time.sleep, 60)
    assert time.monotonic() - began < 10 * SECONDS


def test_who_crashes_or_wants_all_memory_ends_alone():
    with pytest.raises(TookTooMuch):
        apart(os.abort)
    with pytest.raises(TookTooMuch):
        apart(bytearray, 8 << 30)
    assert apart(abs, -1) == 1


@pytest.mark.parametrize("gap", [1, 2, 3])
def test_a_picture_made_to_take_long_is_given_up(gap):
    """Ten million pixels of nothing but finder patterns, in some 20 KB: half a minute where nobody stops
    it.
    """
    finder = np.pad(np.pad(np.ones((3, 3), bool), 1), 1, constant_values=True)
    tile = np.pad(finder, ((0, gap), (0, gap)))
    side = 3200 // len(tile)
    saved = BytesIO()
    Image.fromarray(~np.tile(tile, (side, side))).save(saved, "PNG")
    began = time.monotonic()
    with suppress(CredentialError):
        assert qr.read(saved.getvalue()) == []
    assert time.monotonic() - began < 4 * SECONDS


def test_a_picture_of_many_pixels_is_refused_before_it_is_read():
    saved = BytesIO()
    Image.new("RGBA", (6_000, 6_000)).save(saved, "PNG")
    with pytest.raises(CredentialError):
        qr.read(saved.getvalue())
    with pytest.raises(NotAPicture):
        qr.read(b"GIF89a" + bytes(100))
