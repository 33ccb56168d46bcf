"""What declared names suffer (docs/domain.md), fault by fault, and what is made of each."""

import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dancu.matching import errors
from dancu.matching.normalising.names import _deciphered, clean_parts, normalise_name
from dancu.matching.normalising.wording import FAULTS
from dancu.synthetic.population.name_lists import _minorities, _weighted
from dancu.testing.words import ANY_TEXT, VIETNAMESE_NAMES, WORDS
from dancu.text.folding import fold
from dancu.text.fonts import from_tcvn3, from_vni, into_tcvn3, into_vni, legible
from dancu.text.own_names import own_name
from dancu.text.syllables import is_plausible, is_syllable, parted, toned
from dancu.text.telex import into_telex, into_vni_typing


def read(text: str) -> tuple[str, tuple[str, ...]]:
    name = normalise_name(text)
    return name.text, name.faults


def parts(text: str) -> tuple[str, str, str]:
    name = normalise_name(text)
    return name.surname, name.middle, name.given


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Văn An", "An", "Lý Quốc Khánh", "Rơ Châm H'Nham", "Y Blô Niê", "Max Müller", "Kim Jong Un"],
)
def test_a_name_that_is_legible_stays_as_it_is(name):
    assert read(name) == (name, ())


@pytest.mark.parametrize(
    ("placed", "text"),
    [("Hoà", "Hòa"), ("Thuỳ", "Thùy"), ("Khoẻ", "Khỏe"), ("Loan", "Loan"), ("Quý", "Quý"), ("Hoàn", "Hoàn")],
)
def test_the_tone_is_placed_where_the_register_places_it(placed, text):
    assert normalise_name(f"Lê Thị {placed} Thu").text == f"Lê Thị {text} Thu"


def test_marks_stored_apart_are_joined_to_their_letters():
    assert read(unicodedata.normalize("NFD", "Nguyễn Thị Hòa")) == ("Nguyễn Thị Hòa", ("unicode_form",))


def test_the_icelandic_letter_is_the_vietnamese_one():
    assert read("Ðỗ Thu Hà") == ("Đỗ Thu Hà", ("foreign_d",))
    assert normalise_name("Đỗ Thu Hà").key == "do thu ha"


@pytest.mark.parametrize("typed", ["NguyÔn V¨n §øc", "NGUYÔN V¡N §øC", "NGUYÔN V¨N §øC"])
def test_a_tcvn3_font_is_read(typed):
    text, faults = read(typed)
    assert (text, faults[0]) == ("Nguyễn Văn Đức", "font_tcvn3")


@pytest.mark.parametrize("typed", ["Nguyeãn Vaên Ñöùc", "NGUYEÃN VAÊN ÑÖÙC"])
def test_a_vni_font_is_read(typed):
    text, faults = read(typed)
    assert (text, faults[0]) == ("Nguyễn Văn Đức", "font_vni")


@pytest.mark.parametrize(
    "typed",
    [
        "Nguyeenx Vawn Dduwcs",
        "Nguyenex Vawn Dduwsc",
        "NGUYEENX VAWN DDUWCS",
        "Nguyênx Văn Đưcs",
    ],
)
def test_telex_keys_left_in_a_name_are_what_they_type(typed):
    text, faults = read(typed)
    assert text == "Nguyễn Văn Đức"
    assert "telex" in faults


@pytest.mark.parametrize("typed", ["Nguye6n4 Va8n D9u71c", "Nguyen64 Van8 D9uc71"])
def test_vni_keys_left_in_a_name_are_what_they_type(typed):
    assert read(typed) == ("Nguyễn Văn Đức", ("vni_typing",))


@pytest.mark.parametrize(
    "name", ["Lee Min Ho", "Max Müller", "Hans Lars", "Ksor H'Rin", "Siu Tưr", "Coor Nhua", "Alex Wong"]
)
def test_foreign_and_minority_names_are_not_taken_for_typing(name):
    assert normalise_name(name).text == name


@pytest.mark.parametrize(
    "typed",
    ["NGUYỄN VĂN AN", "nguyễn văn an", "  Nguyễn   Văn An ", "Nguyễn\tVăn\nAn", "Nguyễn\u200b Văn An"],
)
def test_case_spaces_and_invisible_characters_go(typed):
    assert normalise_name(typed).text == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("typed", "surname", "middle", "given"),
    [
        ("Nguyễn Thị Thu Hòa", "Nguyễn", "Thị Thu", "Hòa"),
        ("Hòa Nguyễn Thị Thu", "Nguyễn", "Thị Thu", "Hòa"),
        ("Thị Thu Hòa Nguyễn", "Nguyễn", "Thị Thu", "Hòa"),
        ("Hoa Nguyen", "Nguyen", "", "Hoa"),
        ("Quyên Thị Trần", "Quyên", "Thị", "Trần"),  # a surname nobody lists, before Thị
        ("Trần Lê Quốc Bảo", "Trần", "Lê Quốc", "Bảo"),  # a dual surname
        ("Lê Trần", "Lê", "", "Trần"),
        ("An", "", "", "An"),
        ("Tôn Nữ Thị Ninh", "Tôn Nữ", "Thị", "Ninh"),
    ],
)
def test_surname_middle_and_given_name_are_told_apart_in_either_order(typed, surname, middle, given):
    assert parts(typed) == (surname, middle, given)


def test_the_given_name_first_is_noted_and_the_key_begins_with_the_surname():
    name = normalise_name("Hòa Nguyễn Thị Thu")
    assert (name.faults, name.key, name.ordered) == (
        ("given_first",),
        "nguyen thi thu hoa",
        "Nguyễn Thị Thu Hòa",
    )


@pytest.mark.parametrize(
    ("typed", "surname", "middle", "given"),
    [
        ("Y Blô Niê", "Niê", "Y", "Blô"),
        ("H'Hen Niê", "Niê", "", "H'Hen"),
        ("H’HEN NIÊ", "Niê", "", "H'Hen"),
        ("H' Hen Nie", "Nie", "", "H'Hen"),
        ("H Hen Niê Kdăm", "Niê Kdăm", "", "H'Hen"),
        ("Rơ Châm H'Nham", "Rơ Châm", "", "H'Nham"),
        ("A Lềnh", "", "A", "Lềnh"),
        ("K'Brếu", "", "", "K'Brếu"),
        ("Giàng A Páo", "Giàng", "A", "Páo"),
    ],
)
def test_minority_names_have_their_own_order(typed, surname, middle, given):
    assert parts(typed) == (surname, middle, given)
    assert "given_first" not in normalise_name(typed).faults


def test_every_minority_name_form_stays_and_keeps_its_surname():
    for group in _minorities().values():
        last = group.get("form") == "clan-last"
        for surname, _ in _weighted(group.get("surnames", "- 1")):
            for who in ("men", "women"):
                middle = next(_weighted(group.get(f"middle_{who}", "- 1")))[0]
                given = next(_weighted(group.get(who, "Minh 1")))[0]
                words = [middle, given, surname] if last else [surname, middle, given]
                full = " ".join(word for word in words if word != "-").replace("' ", "'")
                name = normalise_name(full)
                assert (name.text, name.faults) == (full, ())
                if group.get("form") != "prefix":
                    assert name.surname == surname


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Ng. T. Hoa", "Ng. T. Hoa"),
        ("Ng.T.Hoa", "Ng. T. Hoa"),
        ("Ngt. Hoa", "Ng. T. Hoa"),
        ("Nguyễn T.Hoa", "Nguyễn T. Hoa"),
    ],
)
def test_abbreviations_stand_apart(typed, text):
    assert normalise_name(typed).text == text


def test_an_abbreviated_surname_has_candidates_and_is_not_expanded():
    name = normalise_name("Ng. Hoa")
    assert (name.surname, name.surnames[:2]) == ("Ng.", ("Nguyễn", "Ngô"))
    assert normalise_name("Nguyễn Hoa").surnames == ("Nguyễn",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sơn", "Xơn"),
        ("Chung", "Trung"),
        ("Dung", "Giung"),
        ("Duyên", "Ruyên"),
        ("Linh", "Ninh"),
        ("Cuốc", "Quốc"),
        ("Kúc", "Cúc"),
        ("Lý", "Lí"),
        ("Mỹ", "Mĩ"),
        ("Lan", "Lang"),
        ("Phát", "Phác"),
        ("Dĩ", "Gĩ"),
        ("Nghĩa", "Nghỉa"),
    ],
)
def test_sounds_that_are_confused_have_one_key(one, other):
    assert normalise_name(f"Trần {one}").sound == normalise_name(f"Trần {other}").sound


@pytest.mark.parametrize(("one", "other"), [("Hoàng Văn Tâm", "Huỳnh Văn Tâm"), ("Vũ Thị Sáu", "Võ Thị Sáu")])
def test_a_surname_of_north_and_south_sounds_alike(one, other):
    assert normalise_name(one).sound == normalise_name(other).sound


def test_other_names_sound_different():
    assert normalise_name("Trần Minh").sound != normalise_name("Trần Bình").sound
    assert normalise_name("Lê Hoàng").sound != normalise_name("Lê Huỳnh").sound  # as a given name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", errors.NoName),
        (" \u3000\n", errors.NoName),
        ("An" * 150, errors.NameTooLong),
        ("Nguyễn\x00 An", errors.NameHasControlCharacters),
        ("Nguyễn \ud800", errors.NameHasControlCharacters),
        ("12345 !", errors.NotAName),
    ],
)
def test_what_is_no_name_is_answered_with_the_reason(text, problem):
    name = normalise_name(text)
    assert isinstance(name.problem, problem)
    assert str(name.problem).startswith(("Name: ", "Họ tên: "))
    assert (name.text, name.key) == ("", "")


@given(ANY_TEXT)
@example("Lẞ A")
@example("Ho\u0300 Lª")
@example("a\xad¨")
def test_any_text_has_an_answer_and_normalising_it_twice_changes_nothing(text):
    name = normalise_name(text)
    again = normalise_name(name.text)
    assert again.text == name.text
    assert (again.surname, again.given, again.key, again.sound) == (
        name.surname,
        name.given,
        name.key,
        name.sound,
    )
    assert set(name.faults) <= set(FAULTS)
    assert set(again.faults) <= {"given_first"}


@given(VIETNAMESE_NAMES.filter(lambda name: not name.startswith("Má ")))  # Má Liên is Liên's mother
def test_a_vietnamese_name_stays_as_it_is(name):
    assert normalise_name(name).text == name
    assert set(normalise_name(name).faults) <= {"given_first"}


@given(VIETNAMESE_NAMES, st.sampled_from([str, fold]), st.sampled_from([str, str.upper, str.lower]))
@example("q\u0303uan Hà", str, str)
def test_nothing_is_to_be_deciphered_in_plausible_words(name, form, case):
    text = unicodedata.normalize("NFC", case(form(name)))
    assert all(map(is_plausible, text.split()))
    faults: list[str] = []
    assert (_deciphered(text, faults), faults) == (text, [])


@given(VIETNAMESE_NAMES, st.sampled_from([str, str.upper, str.lower]))
def test_a_clean_name_is_told_apart_as_it_is_when_normalised(name, case):
    assume(own_name(case(name)) == case(name))  # Má is a family name, and a mother
    quickly, slowly = clean_parts(case(name)), normalise_name(case(name))
    assert quickly is not None
    assert list(map(str.lower, quickly[:3])) == list(
        map(str.lower, (slowly.surname, slowly.middle, slowly.given))
    )


@given(VIETNAMESE_NAMES)
def test_a_name_in_an_old_font_comes_back(name):
    for into, back in ((into_tcvn3, from_tcvn3), (into_vni, from_vni)):
        assert back(into(name)).lower() == name.lower()
        garbled = into(name)
        if not all(word.isascii() or is_syllable(word) for word in garbled.split()):
            assert normalise_name(garbled).key == normalise_name(name).key
            assert legible(garbled)[0].lower() == name.lower()


@given(st.sampled_from(WORDS), st.sampled_from(["telex", "vni"]))
def test_a_word_that_was_typed_and_not_composed_comes_back(word, typing):
    typed = {"telex": into_telex, "vni": into_vni_typing}[typing](word)
    surely = "Nguyeenx" if typing == "telex" else "Nguye6n4"
    if not is_syllable(typed) and normalise_name(f"{surely} {typed}").text == f"{surely} {typed}":
        pytest.fail(f"{typed} was not read")
    if normalise_name(f"{surely} {typed}").text.split()[1] != word:
        assert normalise_name(typed).text == typed  # a word by itself as it stands


@given(st.sampled_from(WORDS))
def test_any_syllable_is_taken_apart_and_put_together(word):
    assert toned(*parted(word)) == word.lower()


@settings(max_examples=30)
@given(
    VIETNAMESE_NAMES,
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_unicode_form_and_case_change_no_key(name, form, case):
    assert normalise_name(unicodedata.normalize(form, case(name))).key == normalise_name(name).key
