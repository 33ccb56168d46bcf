import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints.codes import _check, new_pass_id, pass_code, pass_id_of
from dancu.checkpoints.errors import BadPassCode
from dancu.values.base32 import ALPHABET

ROOT = Path(__file__).parents[3]
pass_ids = st.integers(0, (1 << 55) - 1)


@given(pass_ids)
def test_a_code_leads_back_to_its_number(pass_id):
    assert pass_id_of(pass_code(pass_id)) == pass_id


@given(pass_ids)
def test_a_code_is_twelve_letters_in_three_groups(pass_id):
    groups = pass_code(pass_id).split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)


@given(pass_ids)
def test_every_single_wrong_letter_is_refused(pass_id):
    letters = pass_code(pass_id).replace("-", "")
    for place, right in enumerate(letters):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(BadPassCode):
                pass_id_of(letters[:place] + wrong + letters[place + 1 :])


@given(pass_ids)
def test_every_swap_of_two_neighbours_is_refused(pass_id):
    letters = pass_code(pass_id).replace("-", "")
    for place in range(11):
        a, b = letters[place : place + 2]
        if a != b:
            with pytest.raises(BadPassCode):
                pass_id_of(letters[:place] + b + a + letters[place + 2 :])


@given(pass_ids)
def test_small_letters_spaces_and_letters_that_look_like_digits_are_read(pass_id):
    typed = pass_code(pass_id).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert pass_id_of(f"  {typed} ") == pass_id


@pytest.mark.parametrize(
    "typed",
    ["", "7K3M", "7K3M-9QX2-PF4", "7K3M-9QX2-PF4YA", "7K3M-9QX2-PF4U", "not a code!!", "7K3M_9QX2_PF"],
)
def test_anything_else_is_refused_with_what_would_be_right(typed):
    with pytest.raises(BadPassCode, match="7K3M-9QX2-PF4Y"):
        pass_id_of(typed)


@pytest.mark.parametrize(
    "file",
    [
        "docs/pass-format.md",
        "dancu/checkpoints/errors.py",
        "dancu/checkpoints/locale/vi/LC_MESSAGES/django.po",
    ],
)
def test_every_code_that_is_shown_as_an_example_is_a_code(file):
    shown = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", (ROOT / file).read_text("utf-8"))
    assert shown and [pass_code(pass_id_of(code)) for code in shown] == shown


def test_no_pass_is_given_a_code_that_reads_as_a_personal_number(monkeypatch):
    drawn = iter([0, pass_id_of("7K3M-9QX2-PF4" + _ending("7K3M9QX2PF4"))])
    monkeypatch.setattr("dancu.checkpoints.codes.secrets.randbits", lambda bits: next(drawn))
    assert pass_code(0) == "0000-0000-0000"
    assert pass_code(new_pass_id()).startswith("7K3M-9QX2-PF4")


def _ending(letters: str) -> str:
    return ALPHABET[_check(letters)]
