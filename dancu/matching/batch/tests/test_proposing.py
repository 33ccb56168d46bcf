"""What is doubtful in a file is put before people."""

import pytest
from django.db import connection

from dancu.matching.batch.running import Job, compare_file
from dancu.matching.batch.tests.country import declared
from dancu.register import candidates
from dancu.testing.people import CAU_GIAY, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]
PIN = "001085001234"


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_a_doubtful_record_is_asked_about_and_a_disagreeing_one_is_listed_both_once(tmp_path):
    someone(pin=PIN)
    for _twin in range(2):  # two people of one name, birth date and home: nothing tells which
        someone(full_name="Lê Thị Cúc", sex=2)
    candidates._size = (0.0, 0)
    file = declared(
        tmp_path,
        record_id=["1", "2", "3"],
        number=[PIN, PIN, ""],
        full_name=["Nguyễn Văn An", "Nguyễn Văn An", "Lê Thị Cúc"],
        birth=["12/03/1985", "13/03/1986", "12/03/1985"],
        commune_code=[CAU_GIAY] * 3,
        sender=["Trạm y tế"] * 3,
    )
    for _again in range(2):
        compare_file(Job(file, tmp_path / "result.csv", review=True))
        assert (counted("review_case"), counted("correction")) == (1, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, sender, jsonb_array_length(candidates) FROM review_case")
        assert cursor.fetchone() == ("record", "Trạm y tế", 2)
        cursor.execute("SELECT site, record_id FROM correction")
        assert cursor.fetchone() == ("Trạm y tế", "2")


def test_without_being_told_nobody_is_asked(tmp_path):
    someone(pin=PIN)
    candidates._size = (0.0, 0)
    file = declared(
        tmp_path, number=[PIN], full_name=["Trần Thị Bình"], birth=["1/1/1990"], commune_code=[CAU_GIAY]
    )
    compare_file(Job(file, tmp_path / "result.csv"))
    assert (counted("review_case"), counted("correction")) == (0, 0)


def test_records_without_an_id_of_the_sites_are_each_listed(tmp_path):
    other = "001085005678"
    someone(pin=PIN)
    someone(pin=other)
    candidates._size = (0.0, 0)
    file = declared(
        tmp_path,
        number=[PIN, other],
        full_name=["Trần Thị Bình", "Lê Văn Cường"],
        birth=["1/1/1990", "2/2/1991"],
        commune_code=[CAU_GIAY] * 2,
        sender=["Trạm y tế"] * 2,
    )
    for _again in range(2):
        compare_file(Job(file, tmp_path / "result.csv", review=True))
        assert counted("correction") == 2


def test_whose_number_is_nobodys_or_none_comes_on_the_sites_list_if_all_else_tells_who_it_is(tmp_path):
    an = someone(pin=PIN, phone="0912345678")
    candidates._size = (0.0, 0)
    numbers = ["001085777777", "12345", "", "001085777777"]
    names = ["Nguyễn Văn An", "Nguyễn Văn An", "Nguyễn Văn An", "Trần Thị Bình"]  # she is in no register
    file = declared(
        tmp_path,
        record_id=["1", "2", "3", "4"],
        number=numbers,
        full_name=names,
        birth=["12/03/1985"] * 4,
        phone=["0912345678"] * 3 + [""],
        commune_code=[CAU_GIAY] * 4,
        sender=["Trạm y tế"] * 4,
    )
    compare_file(Job(file, tmp_path / "result.csv", review=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_id, person_id FROM correction ORDER BY 1")
        assert cursor.fetchall() == [("1", an), ("2", an), ("3", an)]
