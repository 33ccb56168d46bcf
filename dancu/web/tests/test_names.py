"""A name that is typed, pasted or written by a scanner into a page."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from dancu.web.shared.names import NameField, legible_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Nguyễn   Văn An ", "Nguyễn Văn An"),
        ("Nguyá»…n VÄƒn An", "Nguyễn Văn An"),
        ("Hu廙軟h Hi廕簑 Thu廕要", "Huỳnh Hiếu Thuận"),
        ("Nguyễn\u200bVăn\u00a0An", "Nguyễn Văn An"),
        ("Ng\u2060uyễn \u202eVăn An", "Nguyễn Văn An"),
    ],
)
def test_it_is_taken_as_it_was_meant(typed, name):
    assert NameField().clean(typed) == legible_name(typed) == name


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("typed", ["Nguy\ufffdn An", "Nguy?n V?n An", "Hu廙 An", "王小明"])
def test_what_is_no_name_is_told_with_what_would_be_right(typed, language):
    right = {"en": ("Type the name again", "Latin letters"), "vi": ("gõ lại", "La-tinh")}[language][
        typed == "王小明"
    ]
    with override(language):
        with pytest.raises(ValidationError) as refused:
            NameField().clean(typed)
        assert right in " ".join(refused.value.messages)


def test_an_empty_name_is_none():
    assert NameField(required=False).clean("") == ""
    with pytest.raises(ValidationError):
        NameField().clean(" \u200b ")
