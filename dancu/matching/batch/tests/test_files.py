"""Files as they are sent, and what comes back."""

import datetime as dt
import json

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import connection

from dancu.files.source import UnreadableFile
from dancu.matching.batch import errors
from dancu.matching.batch.running import Job, compare_file
from dancu.matching.batch.tests.country import declared
from dancu.matching.commands import match
from dancu.register import candidates
from dancu.testing.people import CAU_GIAY, YEN_HOA, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]
PIN, OTHER = "001085001234", "001085005678"
ADDRESS = "Tổ 5, Phường Cầu Giấy, Thành phố Hà Nội"


@pytest.fixture(autouse=True)
def _count_anew():
    candidates._size = (0.0, 0)


@pytest.fixture
def an():
    return someone(pin=PIN)


def compared(tmp_path, file, **job):
    """The result's rows, and the summary."""
    out = tmp_path / "result.parquet"
    summary = compare_file(Job(file, out, **job))
    return pl.read_parquet(out).to_dicts(), summary


def one(tmp_path, **columns):
    """The result of one record."""
    rows, _summary = compared(
        tmp_path, declared(tmp_path, **{name: [value] for name, value in columns.items()})
    )
    assert len(rows) == 1
    return rows[0]


def test_who_is_found_by_number_and_agrees(an, tmp_path):
    row = one(
        tmp_path,
        record_id="7",
        number=PIN,
        full_name="Nguyễn Văn An",
        birth="12/03/1985",
        commune_code=CAU_GIAY,
    )
    assert (row["record_id"], row["outcome"], row["answer"], row["found_by"]) == (
        "7",
        "agrees",
        "match",
        "number",
    )
    assert (row["person_id"], row["person_pin"], row["differing"]) == (an, PIN, [])
    assert row["waterfall"].startswith("prior -")
    assert "birth_date same +" in row["waterfall"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_result_and_its_summary_are_their_owners_also_where_they_were_there(an, tmp_path, kind):
    result = tmp_path / f"result.{kind}"
    files = [result, tmp_path / f"{result.name}.summary.json"]
    for file in files:
        file.write_text("of before")
        file.chmod(0o644)
    compare_file(Job(declared(tmp_path, record_id=["7"], number=[PIN], full_name=["Nguyễn Văn An"]), result))
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    assert "of before" not in files[1].read_text()


@pytest.mark.parametrize(
    ("changed", "field", "level"),
    [
        ({"birth": "03/12/1985"}, "birth", "birth_date:swapped"),
        ({"birth": "hôm qua"}, "birth", "birth_date:missing"),
        ({"birth": "01/01/1985"}, "birth", "birth_date:year_only"),
        ({"birth": "04/1985"}, "birth", "birth_date:year_only"),
        ({"birth": "1986"}, "birth", "birth_date:different"),
        ({"full_name": "Nguyễn An"}, "name", "middle_name:missing"),
        ({"full_name": "Nguyễn Văn Anh"}, "name", "given_name:close"),
        ({"full_name": "mẹ An"}, "name", "given_name:missing"),
        ({"sex": "Nữ"}, "sex", "sex:different"),
    ],
)
def test_what_disagrees_with_the_holder_of_the_number_is_told_by_field(an, tmp_path, changed, field, level):
    said = {
        "number": PIN,
        "full_name": "Nguyễn Văn An",
        "birth": "12/03/1985",
        "sex": "Nam",
        "commune_code": CAU_GIAY,
    }
    row = one(tmp_path, **(said | changed))
    assert (row["outcome"], row["number_disagrees"]) == ("disagrees", [field])
    assert level in row["differing"]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"full_name": "Nguyễn Văn An", "birth": "12/03/1985", "sex": "Nam"}, "agrees"),
        ({"full_name": "Nguyễn Văn An"}, "agrees"),
        ({"full_name": "Nguyễn Văn An", "birth": ""}, "agrees"),
        ({"birth": "12/03/1985"}, "found"),
        ({"birth": "1985"}, "found"),
        ({"birth": "1985.0"}, "found"),
        ({"birth": "03/1985"}, "found"),
        ({"sex": "Nam"}, "found"),
        ({}, "found"),
        ({"full_name": " ", "birth": "", "sex": ""}, "found"),
        ({"birth": "1984"}, "disagrees"),
        ({"full_name": "Trần Thị Hoa"}, "disagrees"),
        ({"sex": "Nữ"}, "disagrees"),
    ],
)
def test_what_was_not_sent_is_not_compared(an, tmp_path, said, outcome):
    file = declared(tmp_path, number=[PIN], **{name: [value] for name, value in said.items()})
    (row,), summary = compared(tmp_path, file)
    assert (row["outcome"], row["number_disagrees"] == []) == (outcome, outcome != "disagrees")
    assert (summary.all.outcomes[outcome], summary.all.with_number) == (1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An.",
        "Nguyễn Văn An;",
        "1. Nguyễn Văn An",
        "12) Nguyễn Văn An",
        "Ông Nguyễn Văn An",
        "ÔNG NGUYỄN VĂN AN",
        "Anh Nguyễn Văn An",
        "Mr. Nguyễn Văn An",
        "Nguyễn Văn An (1)",
        "- Nguyễn Văn An",
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(an, tmp_path, name):
    row = one(tmp_path, number=PIN, full_name=name, birth="12/03/1985", commune_code=CAU_GIAY)
    assert (row["outcome"], row["answer"], row["differing"]) == ("agrees", "match", [])


@pytest.mark.parametrize(
    "name",
    [
        "mẹ An",
        "Mẹ Nguyễn Văn An",
        "Bé Nguyễn Văn An",
        "Vợ Nguyễn Văn An",
        "Thân nhân Nguyễn Văn An",
        "Bố An",
        "ME AN",
    ],
)
@pytest.mark.parametrize("birth", ["", "12/03/1985"])
def test_whoever_is_named_by_their_kin_is_not_the_kin(an, tmp_path, name, birth):
    row = one(tmp_path, number=PIN, full_name=name, birth=birth, commune_code=CAU_GIAY)
    assert (row["outcome"], row["number_disagrees"]) == ("disagrees", ["name"])
    assert row["answer"] in ("review", "none")
    assert "says whose" in row["reason"]


def test_whose_province_is_not_told_is_counted_in_the_declared_communes(an, tmp_path):
    file = declared(
        tmp_path, number=[PIN, ""], full_name=["Nguyễn Văn An", "An"], commune_code=[CAU_GIAY, ""]
    )
    rows, summary = compared(tmp_path, file)
    assert [row["province"] for row in rows] == ["Thành phố Hà Nội", ""]
    assert set(summary.by_province) == {"Thành phố Hà Nội", ""}


def test_another_home_is_told_but_is_no_disagreement(an, tmp_path):
    row = one(tmp_path, number=PIN, full_name="Nguyễn Văn An", birth="12/03/1985", commune_code=YEN_HOA)
    assert (row["outcome"], row["differing"]) == ("agrees", ["home:same_district"])


def test_who_gives_no_number_is_found_by_name_birth_date_and_home(an, tmp_path):
    row = one(tmp_path, number="", full_name="nguyen van an", birth="12/03/1985", address=ADDRESS)
    assert (row["outcome"], row["answer"], row["person_id"]) == ("no_number", "match", an)


def test_a_wrong_number_does_not_hide_who_is_meant(an, tmp_path):
    someone(pin=OTHER, full_name="Trần Thị Bình", birth_date=dt.date(1990, 5, 6), sex=2)
    row = one(
        tmp_path, number=OTHER, full_name="Nguyễn Văn An", birth="12/03/1985", sex="1", commune_code=CAU_GIAY
    )
    assert (row["outcome"], row["answer"], row["person_id"]) == ("disagrees", "match", an)
    assert "name" in row["number_disagrees"]


def test_a_number_that_nobody_holds_is_not_found(an, tmp_path):
    row = one(tmp_path, number="079190123456", full_name="Hoàng Quách Tuyết", birth="1/1/1990")
    assert (row["outcome"], row["answer"], row["person_id"]) == ("not_found", "none", None)


def test_a_cancelled_number_leads_to_its_holder_and_is_told(an, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO former_number VALUES (%s, 'pin', %s, '2020-01-01', %s, 'test')", [an, OTHER, PIN]
        )
    row = one(tmp_path, number=OTHER, full_name="Nguyễn Văn An", birth="12/03/1985")
    assert (row["outcome"], row["number_disagrees"], row["person_id"]) == ("disagrees", ["number"], an)
    assert "number:former" in row["differing"]


BAD = {
    "nothing at all": ({"number": "", "full_name": "", "birth": ""}, "no_number", "Name: missing"),
    "a name of one word": ({"full_name": "An"}, "disagrees", None),
    "a name of 300 letters": ({"full_name": "An " * 100}, "disagrees", "Name: 299 characters"),
    "a name of 400 letters": ({"full_name": "An " * 133}, "disagrees", "at most 300"),
    "control characters": ({"full_name": "Nguyễn\x00Văn\x07An"}, "agrees", "control characters"),
    "a day that does not exist": ({"birth": "31/02/1985"}, "disagrees", "no day"),
    "a date that is none": ({"birth": "hôm qua"}, "disagrees", "is no date"),
    "a rounded number": ({"number": "1.08E+09"}, "malformed_number", "spreadsheet"),
    "a number of seven digits": ({"number": "1234567"}, "malformed_number", "12 digits"),
    "a province that does not exist": ({"number": "003085001234"}, "malformed_number", "003"),
    "a lost zero": ({"number": PIN[1:]}, "malformed_number", f"read as {PIN}"),
    "no telephone": ({"phone": "12"}, "agrees", "Phone number"),
    "no commune": ({"commune_code": "99999"}, "agrees", "99999"),
    "no sex": ({"sex": "đàn"}, "agrees", "Sex"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_value_is_told_with_its_reason_and_the_rest_goes_on(an, tmp_path, case):
    changed, outcome, reason = BAD[case]
    good = {
        "number": PIN,
        "full_name": "Nguyễn Văn An",
        "birth": "12/03/1985",
        "sex": "Nam",
        "phone": "",
        "commune_code": CAU_GIAY,
    }
    columns = {name: [value, (good | changed)[name], value] for name, value in good.items()}
    rows, summary = compared(tmp_path, declared(tmp_path, "rows.parquet", **columns))
    assert [row["outcome"] for row in rows] == ["agrees", outcome, "agrees"]
    assert (reason in rows[1]["reason"]) if reason else rows[1]["reason"] in (None, "")
    assert summary.sent == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "tcvn3"])
def test_a_csv_in_another_encoding_is_read(an, tmp_path, encoding):
    from dancu.text.fonts import into_tcvn3

    file, text = tmp_path / "sent.csv", f"number;full_name;birth\n{PIN};Nguyễn Văn An;12/03/1985\n"
    file.write_bytes(into_tcvn3(text).encode("latin-1") if encoding == "tcvn3" else text.encode(encoding))
    rows, _summary = compared(tmp_path, file)
    assert rows[0]["outcome"] == "agrees"


def test_a_broken_row_comes_back_with_its_reason(an, tmp_path):
    file = tmp_path / "sent.csv"
    file.write_text(f"number,full_name\n{PIN},Nguyễn Văn An\n1,2,3,4\n{PIN},Nguyễn Văn An\n")
    rows, summary = compared(tmp_path, file)
    assert [row["outcome"] for row in rows] == ["agrees", "agrees", "unreadable"]
    assert rows[2]["reason"]
    assert summary.sent == 3


@pytest.mark.parametrize("encoding", [None, "utf-8"])
def test_a_row_with_a_broken_letter_is_compared_all_the_same_and_told(an, tmp_path, encoding):
    file = tmp_path / "sent.csv"
    good = f"{PIN},Nguyễn Văn An\n".encode()
    file.write_bytes(b"number,full_name\n" + 30 * good + good.replace(b"V", b"\xff") + good)
    rows, summary = compared(tmp_path, file, encoding=encoding)
    assert summary.sent == len(rows) == 32
    assert [row["row"] for row in rows if "no letters of the file's encoding" in row["reason"]] == [31]


@pytest.mark.parametrize(
    "name",
    [
        "Nguyá»…n VÄƒn An",
        "Nguy峄卬 V膬n An",
        "Nguyễn\u200bVăn\u00a0An",
        "Ng\u2060uyễn Văn An",
        "Nguy&#7877;n V&#259;n An",
        "Nguy%E1%BB%85n%20V%C4%83n%20An",
        "Nguy\\u1ec5n V\\u0103n An",
    ],
)
def test_a_name_that_was_spoilt_on_the_way_is_compared_as_it_was_meant(an, tmp_path, name):
    row = one(tmp_path, number=PIN, full_name=name, birth="12/03/1985", sex="Nam")
    assert (row["outcome"], row["person_id"]) == ("agrees", an)


@pytest.mark.parametrize(
    "name", ["Nguyá»…n VÄƒn An", "Nguy&#7877;n V&#259;n An", "Nguy%E1%BB%85n%20V%C4%83n%20An"]
)
def test_a_name_that_was_mended_is_told(an, tmp_path, name):
    assert "mended" in one(tmp_path, number=PIN, full_name=name, birth="12/03/1985", sex="Nam")["reason"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Nguy?n V?n An", "lost letters"),
        ("Hu廙 An", "character encoding"),
        ("Nguy%E1%BBn An", "character encoding"),
        ("王小明", "Latin alphabet"),
    ],
)
def test_a_name_that_cannot_be_one_is_told_and_the_record_compared_without_it(an, tmp_path, name, reason):
    row = one(tmp_path, number=PIN, full_name=name, birth="12/03/1985", sex="Nam")
    assert reason in row["reason"]
    assert row["outcome"] == "disagrees"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_birth_date_with_a_zone_is_the_day_in_vietnam(an, tmp_path, kind):
    file = tmp_path / f"sent.{kind}"
    frame = pl.DataFrame({"number": PIN, "full_name": "Nguyễn Văn An", "birth": dt.datetime(1985, 3, 11, 17)})
    frame = frame.with_columns(pl.col("birth").dt.replace_time_zone("UTC"))
    if kind == "parquet":
        frame.write_parquet(file)
    else:
        frame.with_columns(pl.col("birth").dt.strftime("%Y-%m-%dT%H:%M:%SZ")).write_csv(file)
    assert compared(tmp_path, file)[0][0]["outcome"] == "agrees"


@pytest.mark.parametrize("name", ["sent.csv", "sent.parquet"])
def test_a_file_without_a_row_has_a_result_without_one(an, tmp_path, name):
    if name.endswith(".csv"):
        (tmp_path / name).write_text("number,full_name\n")
    else:
        pl.DataFrame(schema={"number": pl.String, "full_name": pl.String}).write_parquet(tmp_path / name)
    rows, summary = compared(tmp_path, tmp_path / name)
    assert (rows, summary.sent) == ([], 0)


def test_a_result_is_never_written_over_what_is_read(an, tmp_path):
    file = declared(tmp_path, "sent.parquet", number=[PIN], full_name=["Nguyễn Văn An"])
    before = file.read_bytes()
    with pytest.raises(errors.OverItself):
        compare_file(Job(file, tmp_path / ".." / tmp_path.name / "sent.parquet"))
    assert file.read_bytes() == before


def test_a_quote_that_is_never_closed_costs_its_own_row_and_no_other(an, tmp_path):
    good = f"{PIN},Nguyễn Văn An\n"
    (tmp_path / "sent.csv").write_text(
        f'number,full_name\n{good}{PIN},"Nguyễn Văn An\n{good}{PIN},Nguyễn "Văn An\n{good}'
    )
    rows, _summary = compared(tmp_path, tmp_path / "sent.csv")
    assert [row["row"] for row in rows if row["outcome"] == "agrees"] == [1, 3, 5]
    told = {row["row"]: row["reason"] for row in rows if row["outcome"] == "unreadable"}
    assert set(told) == {2, 4}
    assert "line 3: a quotation mark" in told[2] and "line 5: a quotation mark" in told[4]


def test_mixed_line_ends_are_line_ends(an, tmp_path):
    good = f"{PIN},Nguyễn Văn An"
    (tmp_path / "sent.csv").write_bytes(
        f"number,full_name\r\n{good}\r{good}\n{good}\r\n\r\n{good}\r".encode()
    )
    rows, summary = compared(tmp_path, tmp_path / "sent.csv")
    assert [row["person_id"] for row in rows] == [an] * 4
    assert summary.sent == 4


def test_a_header_in_other_capitals_and_with_spaces_is_understood(an, tmp_path):
    (tmp_path / "sent.csv").write_text(f" NUMBER ; Full Name\n{PIN};Nguyễn Văn An\n", "utf-8-sig")
    assert compared(tmp_path, tmp_path / "sent.csv")[0][0]["person_id"] == an


def test_a_number_kept_as_an_amount_is_its_digits_and_no_other_number(tmp_path):
    haiphong = "031085001234"  # of which "31085001234.0" has twelve digits too
    someone(pin=haiphong)
    row = one(tmp_path, number=f"{float(haiphong)}", full_name="Nguyễn Văn An")
    assert (row["outcome"], row["person_pin"]) == ("malformed_number", haiphong)
    assert haiphong in row["reason"]


def test_a_mapping_says_which_column_is_which(an, tmp_path):
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'on = 2021-08-11\n[columns]\nrecord_id = "STT"\nnumber = "Số định danh"\nfamily_name = '
        '"Họ"\nmiddle_name = "Đệm"\n'
        'given_name = "Tên"\nbirth_day = "N"\nbirth_month = "T"\nbirth_year = "Năm"\nsender = "Đơn '
        'vị"\nprovince = "Tỉnh"\n'
    )
    file = declared(
        tmp_path,
        "sent.parquet",
        **{
            "STT": ["1", "2"],
            "Số định danh": [PIN, PIN],
            "Họ": ["Nguyễn", "Nguyễn"],
            "Đệm": ["Văn", "Văn"],
            "Tên": ["An", "An"],
            "N": [12, None],
            "T": [3, None],
            "Năm": [1985, 1985],
            "Đơn vị": ["A", "B"],
            "Tỉnh": ["Hà Nội", "Huế"],
        },
    )
    rows, summary = compared(tmp_path, file, mapping=mapping)
    assert [row["outcome"] for row in rows] == ["agrees", "agrees"]
    assert "birth_date:year_only" in rows[1]["differing"]
    assert summary.by_sender["B"].outcomes["agrees"] == 1
    assert summary.by_province["Hà Nội"].outcomes["agrees"] == 1


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ("columns = 3", errors.BadFileMapping, "table"),
        ("[columns", errors.BadFileMapping, "not understood"),
        ('[columns]\nshoe = "A"', errors.BadFileMapping, "shoe"),
        ('[columns]\nnumber = "B"', errors.FileColumnsMissing, "B"),
        ('[columns]\nsex = "A"', errors.NothingToCompare, "neither"),
        ('on = "soon"\n[columns]\nnumber = "A"', errors.BadFileMapping, "day"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_what_is_wrong(an, tmp_path, said, error, words):
    (tmp_path / "map.toml").write_text(said)
    with pytest.raises(error, match=words):
        compared(tmp_path, declared(tmp_path, A=["1"]), mapping=tmp_path / "map.toml")


@pytest.mark.parametrize(
    "header",
    [
        "STT,Số CCCD,Họ và tên,Ngày sinh,Giới tính,SĐT,Mã xã",
        "stt,cccd/cmnd,HỌ TÊN,Ngày tháng năm sinh,Phái,Điện thoại,Mã phường xã",
        "STT,Số định danh,Họ tên,Năm sinh,Giới tính,Số ĐT,Mã xã",
    ],
)
def test_the_headings_of_lists_here_are_known_and_told(an, tmp_path, header):
    (tmp_path / "sent.csv").write_text(
        f"{header}\n7,{PIN},Nguyễn Văn An,12/03/1985,Nam,,{CAU_GIAY}\n", "utf-8"
    )
    told = []
    rows, _summary = compared(tmp_path, tmp_path / "sent.csv", notice=told.append)
    assert [(row["record_id"], row["outcome"], row["answer"]) for row in rows] == [("7", "agrees", "match")]
    assert f"full_name: {header.split(',')[2]}" in next(
        step for step in told if step.startswith("columns used")
    )


def test_a_name_in_parts_is_known_by_its_headings(an, tmp_path):
    (tmp_path / "sent.csv").write_text(
        f"CCCD,Họ và tên đệm,Tên,Ngày sinh\n{PIN},Nguyễn Văn,An,12/03/1985\n", "utf-8"
    )
    rows, _summary = compared(tmp_path, tmp_path / "sent.csv")
    assert rows[0]["outcome"] == "agrees"


def test_a_file_without_the_needed_columns_is_told_which(an, tmp_path):
    with pytest.raises(errors.FileColumnsMissing, match="number or full_name"):
        compared(tmp_path, declared(tmp_path, shoe=["42"]))


@pytest.mark.parametrize("again", ["full_name", "Full name"])
def test_two_columns_for_one_field_are_refused_until_a_mapping_says_which(an, tmp_path, again):
    file = tmp_path / "sent.csv"
    file.write_text(f"number,full_name,{again}\n{PIN},Lê Thị Hoa,Nguyễn Văn An\n", "utf-8")
    with pytest.raises(errors.FileColumnsDoubled, match=f"full_name: full_name, {again}"):
        compared(tmp_path, file)
    (tmp_path / "map.toml").write_text('[columns]\nnumber = "number"\nfull_name = "full_name"')
    if again == "full_name":
        with pytest.raises(UnreadableFile, match="more than one column"):
            compared(tmp_path, file, mapping=tmp_path / "map.toml")
    else:
        rows, _summary = compared(tmp_path, file, mapping=tmp_path / "map.toml")
        assert rows[0]["outcome"] == "disagrees"


def test_a_parquet_of_the_wrong_type_and_a_file_that_is_none_are_refused(an, tmp_path):
    pl.DataFrame({"number": [[1, 2]], "full_name": ["An"]}).write_parquet(tmp_path / "lists.parquet")
    (tmp_path / "none.parquet").write_text("number,full_name\n1,An\n")
    for name in ("lists.parquet", "none.parquet", "missing.csv"):
        with pytest.raises(UnreadableFile):
            compared(tmp_path, tmp_path / name)


def test_a_file_counts_for_whoever_is_known_to_have_sent_it_and_a_row_that_says_otherwise_is_told(
    an, tmp_path
):
    columns = {"number": [PIN, PIN, PIN], "full_name": ["Nguyễn Văn An"] * 3, "birth": ["12/03/1985"] * 3}
    columns["sender"] = ["Trạm A", "", "Trạm B"]
    rows, summary = compared(tmp_path, declared(tmp_path, **columns), sender="Trạm A")
    assert [row["sender"] for row in rows] == ["Trạm A"] * 3
    assert [row["reason"] for row in rows] == [
        "",
        "",
        'Sender: the row says "Trạm B", the file is from "Trạm A".',
    ]
    assert list(summary.by_sender) == ["Trạm A"]


def test_an_empty_register_and_a_result_of_no_known_kind_are_refused(tmp_path):
    file = declared(tmp_path, number=[PIN])
    with pytest.raises(errors.NobodyToCompareWith):
        compare_file(Job(file, tmp_path / "result.parquet"))
    someone(pin=PIN)
    with pytest.raises(errors.WhichResult):
        compare_file(Job(file, tmp_path / "result.txt"))


def test_the_command_writes_a_csv_and_a_summary_and_tells_it(an, tmp_path):
    file = declared(
        tmp_path,
        number=[PIN, ""],
        full_name=["Nguyễn Văn An", "Lê Thị Cúc"],
        birth=["12/03/1985", "1/2/1990"],
        sender=["A", "B"],
    )
    ran = CliRunner().invoke(match, [str(file), "--out", str(tmp_path / "r.csv"), "--json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert (told["sent"], told["no_or_malformed_number"], told["with_number"], told["percent"]["agrees"]) == (
        2,
        1,
        1,
        100.0,
    )
    assert json.loads((tmp_path / "r.csv.summary.json").read_text()) == told
    assert pl.read_csv(tmp_path / "r.csv").height == 2
    assert not (tmp_path / "r.csv.parts").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_kind, person_id, detail FROM audit_entry WHERE action = 'register.match_file' "
            "ORDER BY entry_id"
        )
        assert [row[:2] for row in cursor.fetchall()] == [("system", 0), ("system", 0)]
    ran = CliRunner().invoke(match, [str(tmp_path / "no.csv"), "--out", str(tmp_path / "r.csv")])
    assert ran.exit_code == 1
    assert "no such file" in ran.output
    assert not (tmp_path / "r.csv.parts").exists()
    ran = CliRunner().invoke(match, [str(file), "--out", str(file / "r.csv")])
    assert (ran.exit_code, type(ran.exception)) == (1, SystemExit)
    assert "Not a directory" in ran.output
