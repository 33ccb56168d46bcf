"""A parent's number counts where the name beside it is that one's."""

from pathlib import Path

import pytest

from dancu.register.importing.named_parents import is_name_of
from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    BO,
    HOA,
    HUNG,
    an,
    hoa,
    hung,
    load,
    person,
    refused,
    warned,
)
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

BO_ROW = person(BO, "Đinh Quang Bộ", "1962-04-05", 1)


def parents() -> list[tuple]:
    return rows(
        "SELECT f.pin, m.pin FROM person p LEFT JOIN person f ON f.person_id = p.father_id LEFT JOIN person "
        "m ON m.person_id = p.mother_id"
        " WHERE p.pin = %s",
        AN,
    )


@pytest.mark.parametrize(
    ("held", "said", "problem"),
    [
        (
            {"father_pin": HUNG},
            {"father_pin": BO, "father_name": "Nguyễn Văn Hùng"},
            "father_pin: is the number of Đinh Quang Bộ, and father_name says Nguyễn Văn Hùng",
        ),
        (
            {},
            {"father_pin": BO, "father_name": "NGUYEN VAN HUNG"},
            "father_pin: is the number of Đinh Quang Bộ",
        ),
        (
            {"father_name": "Nguyễn Văn Hùng"},
            {"father_pin": BO},
            "father_pin: is the number of Đinh Quang Bộ, and father_name says Nguyễn Văn Hùng",
        ),
        (
            {},
            {"mother_pin": HOA, "mother_name": "Lê Thị Bưởi", "father_pin": HUNG},
            "mother_pin: is the number of Trần Thị Hoa, and mother_name says Lê Thị Bưởi",
        ),
        (
            None,
            {"father_pin": BO, "father_name": "Nguyễn Văn Hùng"},
            "father_pin: is the number of Đinh Quang Bộ",
        ),
        (
            None,
            {"mother_pin": HOA, "mother_name": "Lê Thị Bưởi"},
            "mother_pin: is the number of Trần Thị Hoa",
        ),
    ],
)
def test_a_strangers_number_beside_a_parents_name_comes_back(
    tmp_path: Path, held, said, problem: str
) -> None:
    """Of somebody whom the register holds, and (None) of somebody new; a brother's row is taken."""
    load(tmp_path, hung(), hoa(), BO_ROW, *([] if held is None else [an(**held)]))
    before = parents()
    report = load(
        tmp_path,
        an(phone="0912345678", **said),
        person("079090000071", "Nguyễn Văn Em", "1990-05-05", 1, father_pin=HUNG),
    )
    assert problem in refused(report)[AN]
    assert (report.new, parents()) == (1, before)


def test_a_stranger_who_is_in_the_same_file_is_no_father_either(tmp_path: Path) -> None:
    load(tmp_path, hung())
    report = load(tmp_path, BO_ROW, an(father_pin=BO, father_name="Nguyễn Văn Hùng"))
    assert "father_pin: is the number of Đinh Quang Bộ" in refused(report)[AN]


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn Hùng",
        "NGUYEN VAN HUNG",
        "Ông Nguyễn Văn Hùng",
        "Nguyễn Hùng",
        "Hùng Nguyễn Văn",
        "Nguyễn Văn Hưng",
        "Nguyễn Văn Hùng (đã mất)",
        None,
    ],
)
def test_a_parents_name_as_people_write_it_links_the_two(tmp_path: Path, name: str | None) -> None:
    if name and "(" in name:
        assert is_name_of(name, "Nguyễn Văn Hùng")
        return
    load(tmp_path, hung(), an())
    report = load(tmp_path, an(father_pin=HUNG, father_name=name))
    assert (report.rejected, report.warned, parents()) == (0, 0, [(HUNG, None)])
    assert load(tmp_path, an(father_pin=HUNG, father_name=name)).changed == 0


def test_a_parent_who_takes_anothers_place_is_told(tmp_path: Path) -> None:
    load(tmp_path, hung(), BO_ROW, an(father_pin=HUNG))
    named = an(father_pin=BO, father_name="Đinh Quang Bộ")
    report = load(tmp_path, named)
    assert (report.changed, parents()) == (1, [(BO, None)])
    assert warned(report) == {1: "father_pin: differs from the register, which had: Nguyễn Văn Hùng"}
    assert load(tmp_path, named).warned == 0


@pytest.mark.parametrize("role", ["father", "mother"])
def test_a_strangers_number_alone_replaces_no_parent_of_another_name(tmp_path: Path, role: str) -> None:
    own, stranger = (HUNG, BO) if role == "father" else (HOA, "079162000052")
    load(
        tmp_path,
        hung(),
        hoa(),
        BO_ROW,
        person("079162000052", "Lò Thị Mùi", "1962-03-03", 2),
        an(**{f"{role}_pin": own}),
    )
    before = parents()
    report = load(tmp_path, an(**{f"{role}_pin": stranger}))
    assert f"if that is wrong, write {role}_name beside the number" in refused(report)[AN]
    assert parents() == before


def test_a_name_that_is_not_the_known_parents_is_told(tmp_path: Path) -> None:
    load(tmp_path, hung(), an(father_pin=HUNG))
    for fields in ({}, {"father_pin": HUNG}):
        report = load(tmp_path, an(father_name="Lê Công Tám" if fields else "Đỗ Bảy", **fields))
        assert warned(report)[1].endswith(
            "father_name: differs from the father in the register: Nguyễn Văn Hùng"
        )
