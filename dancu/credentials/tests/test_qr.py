import re
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dancu.credentials import codec, errors, qr

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

# Alphanumeric characters that a version holds at level M, by version from 1: ISO/IEC 18004:2015, table 7
ALPHANUMERIC_M = (20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600)


@given(st.binary(max_size=300))
def test_a_message_comes_back_from_its_text(message):
    text = codec.to_qr_text("DC1:", message)
    assert set(text) <= set(LETTERS)
    assert codec.from_qr_text("DC1:", text) == message
    assert codec.from_qr_text("DC1:", f" \t{text.replace('DC1:', 'dc1:', 1)}\r\n") == message


@given(st.text(max_size=60))
def test_any_other_text_is_not_a_credential(text):
    for attempt in (text, "DC1:" + text):
        try:
            message = codec.from_qr_text("DC1:", attempt)
        except errors.NotACredential:
            continue
        assert codec.to_qr_text("DC1:", message) == attempt.strip()[:4].upper() + attempt.strip()[4:]


@pytest.mark.parametrize(
    "text", ["", "DC1", "HC1:6BF", "DC1:A", "DC1::::", "DC1:GGW GGW1", "DC1:" + "A" * 10_000_000]
)
def test_texts_that_are_nearly_credentials(text):
    with pytest.raises(errors.NotACredential):
        codec.from_qr_text("DC1:", text)


@given(st.binary(min_size=1, max_size=350))
@settings(max_examples=60, deadline=None)
def test_a_code_is_no_larger_than_alphanumeric_mode_needs(message):
    text = codec.to_qr_text("DC1:", message)
    needed = next(version for version, holds in enumerate(ALPHANUMERIC_M, start=1) if holds >= len(text))
    assert qr.version(text) <= needed


def test_three_hundred_characters_make_version_10_of_57_modules():
    text = (codec.to_qr_text("DC1:", bytes(range(198))) + "000")[:300]
    assert (len(text), qr.version(text)) == (300, 10)
    assert qr.version(text.lower()) == 13  # what byte mode would need


def test_the_longest_credential_fits_into_a_code():
    from dancu.credentials.envelope import MAX_BYTES

    assert qr.version(codec.to_qr_text("DC1:", b"\xff" * MAX_BYTES)) == 40


@pytest.mark.parametrize("ec_level", ["L", "M", "Q", "H"])
def test_a_drawn_code_is_read_back(ec_level):
    text = codec.to_qr_text("DC1:", bytes(range(200)))
    assert qr.read(qr.png(text, 3, ec_level)) == [text]


def test_the_drawing_for_pages_has_the_same_modules_as_the_picture():
    text = codec.to_qr_text("DC1:", bytes(range(200)))
    drawing = qr.svg(text)
    side = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])
    light = np.ones((side, side), dtype=bool)
    for x, y, strokes in re.findall(
        r"M(\d+) (\d+)\.5([mh \d]+)", re.search(r'stroke="#000" d="([^"]+)"', drawing)[1]
    ):
        at = int(x)
        for verb, length in re.findall(r"([mh])(\d+)", strokes):
            if verb == "h":
                light[int(y), at : at + int(length)] = False
            at += int(length)
    assert (light == np.asarray(Image.open(BytesIO(qr.png(text, 1))))).all()


def test_a_page_can_hold_two_drawings_of_few_bytes():
    drawing = qr.svg("DC1:" + "A" * 296)
    assert " id=" not in drawing
    assert len(drawing) < 10_000


@pytest.mark.parametrize("turn", [90, 180, 270, 17, 45])
def test_a_turned_photograph_is_read(turn):
    assert qr.read(saved(picture().rotate(turn, expand=True, fillcolor="white"))) == [TEXT]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_pictures_of_all_usual_kinds_are_read(kind):
    assert qr.read(saved(picture().convert("RGB"), kind)) == [TEXT]


def test_light_on_dark_and_transparent_pictures_are_read():
    inverted = picture().point(lambda shade: 255 - shade)
    assert qr.read(saved(inverted)) == [TEXT]
    clear = Image.new("RGBA", picture().size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=inverted)
    assert qr.read(saved(clear)) == [TEXT]


def test_a_small_code_in_a_large_photograph_and_a_large_blurred_one_are_read():
    photograph = Image.new("L", (6_000, 4_000), 200)
    photograph.paste(picture().resize((800, 800)), (2_100, 1_700))
    assert qr.read(saved(photograph, "JPEG")) == [TEXT]
    blurred = (
        picture()
        .resize((240, 240), Image.Resampling.BILINEAR)
        .resize((3_900, 3_900), Image.Resampling.BICUBIC)
    )
    assert qr.read(saved(blurred)) == [TEXT]


def test_two_codes_in_one_picture_are_both_read_and_one_shown_twice_is_read_once():
    pair = Image.new("L", (900, 400), 255)
    pair.paste(picture(), (20, 20))
    pair.paste(picture("DC1:SECOND"), (500, 20))
    assert sorted(qr.read(saved(pair))) == sorted([TEXT, "DC1:SECOND"])
    twice = Image.new("L", (900, 400), 255)
    twice.paste(picture(), (20, 20))
    twice.paste(picture(), (450, 20))
    assert qr.read(saved(twice)) == [TEXT]


def test_the_card_of_2021_is_read_with_its_marks():
    card = (
        "079200001234|025123456|Nguyễn Văn An|15022000|Nam|12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. "
        "Hồ Chí Minh|25042021"
    )
    assert qr.read(qr.png(card, 4)) == [card]


def test_a_picture_without_a_code_has_none():
    assert qr.read(saved(Image.effect_noise((640, 480), 80))) == []


@pytest.mark.parametrize("size", [(16_000, 10), (10, 16_000), (16_000, 1), (1, 1), (2, 1_601), (3_200, 3)])
def test_the_thinnest_strip_of_a_picture_has_none_either(size):
    assert qr.read(saved(Image.new("1", size))) == []


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"II*\0"]),
)
def test_no_other_file_is_a_picture(data, beginning):
    with pytest.raises(errors.NotAPicture):
        qr.read(beginning + data)


def test_a_picture_broken_off_is_not_a_picture():
    whole = saved(Image.effect_noise((640, 480), 80))
    with pytest.raises(errors.NotAPicture):
        qr.read(whole[: len(whole) // 2])


def test_what_is_too_large_is_not_opened():
    with pytest.raises(errors.PictureTooLarge):
        qr.read(bytes((qr.MAX_MEGABYTES << 20) + 1))
    with pytest.raises(errors.PictureTooLarge):
        qr.read(saved(Image.new("1", (8_000, 8_000))))
    with pytest.raises(errors.PictureTooLarge):
        qr.read(saved(Image.new("1", (20_000, 20_000))))


@pytest.mark.parametrize("text", ["", "A" * 5_000])
def test_what_no_code_can_hold_is_not_drawn(text):
    with pytest.raises(errors.NoQrCode):
        qr.svg(text)


TEXT = codec.to_qr_text("DC1:", bytes(range(150)))


def picture(text: str = TEXT) -> Image.Image:
    return Image.open(BytesIO(qr.png(text, 6))).convert("L").resize((360, 360))


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()
