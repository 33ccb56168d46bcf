"""How lists call their columns, and which field each means."""

import pytest

from dancu.matching.batch import errors
from dancu.matching.batch.headings import sex_codes
from dancu.matching.batch.mapping import header_by, load_mapping


def means(*columns: str) -> dict[str, str]:
    return dict(load_mapping(None, "list.csv", columns).columns)


@pytest.mark.parametrize(
    "heading",
    [
        "Mã số định danh",
        "Số CMND/CCCD/Hộ chiếu",
        "Số giấy tờ",
        "Số thẻ CCCD",
        "CMND/CCCD/HC",
        "Số CC/CCCD",
        "Mã ĐDCN",
        "ID card",
        "Số CMT",
        "So CCCD",
        "Số Căn cước công dân",
        "Số ĐDCN/CMND",
        "CCCD gắn chip",
        "Số CMND (CCCD)",
        "Số CMND hoặc CCCD",
        "National ID",
        "ID number",
        "CMTND",
        "SỐ CMND/CCCD/HỘ CHIẾU/ĐỊNH DANH",
        "Số giấy tờ tùy thân",
        "Số CCCD của người bệnh",
        "Số định danh cá nhân của trẻ",
        "Số CCCD (12 số)",
        "Sá»‘ CCCD",
    ],
)
def test_a_number_is_known_by_whatever_words_say_it(heading):
    assert means("STT", "Họ và tên", heading)["number"] == heading


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("full_name", "Họ và tên (chữ in hoa)"),
        ("full_name", "Họ tên bệnh nhân"),
        ("full_name", "Full name"),
        ("full_name", "Họ, chữ đệm, tên khai sinh"),
        ("birth", "Ngày/tháng/năm sinh (dd/mm/yyyy)"),
        ("birth", "NTNS"),
        ("birth", "Date of birth"),
        ("sex", "Giới tính (Nam/Nữ)"),
        ("sex", "Nam/Nữ"),
        ("phone", "SĐT liên hệ"),
        ("phone", "Mobile"),
        ("address", "Nơi đăng ký HKTT"),
        ("address", "Địa chỉ nơi ở hiện nay"),
    ],
)
def test_so_are_the_other_fields(field, heading):
    assert means("Số CCCD", heading)[field] == heading


@pytest.mark.parametrize(
    "heading",
    [
        "Ngày cấp CCCD",
        "Nơi cấp CCCD",
        "CCCD mẹ",
        "Số CCCD người giám hộ",
        "Loại giấy tờ",
        "Số thẻ BHYT",
        "Số hộ chiếu",
        "Số sổ hộ khẩu",
        "Họ tên mẹ",
        "Họ tên chủ hộ",
        "Quan hệ với chủ hộ",
        "SĐT mẹ",
        "Nơi sinh",
        "Tháng sinh",
        "Ngày tiêm",
        "Tên vắc xin",
        "Số nhà",
        "Dân tộc",
        "Năm",
        "ID",
        "Ghi chú",
    ],
)
def test_what_is_somebody_elses_or_something_else_is_no_field(heading):
    assert set(means("Số CCCD", "Họ và tên", heading)) == {"number", "full_name"}


@pytest.mark.parametrize(
    "heading",
    [
        "Họ và tên thành viên",
        "Họ tên công nhân",
        "Họ và tên người lao động",
        "Tên người tiêm",
        "Họ tên KH",
        "Tên khách hàng",
        "Họ và tên hộ dân",
        "Họ và tên cử tri",
        "Tên bệnh nhân",
        "Họ tên F0",
        "Họ và tên cán bộ",
        "Họ và tên giáo viên",
        "Họ và tên thí sinh",
        "Họ & tên",
        "Họ tên NLĐ",
        "Họ và tên học sinh",
        "Patient's name",
        "Họ, chữ đệm và tên",
        "Employee name",
        "HỌ VÀ TÊN NGƯỜI CÁCH LY (*)",
    ],
)
def test_a_name_is_known_by_its_words_whoever_it_is_of(heading):
    assert (
        means("STT", heading, "Số CCCD")["full_name"] == heading
        or means("STT", heading, "Số CCCD")["given_name"] == heading
    )


@pytest.mark.parametrize(
    "heading",
    [
        "Họ tên mẹ",
        "Họ và tên bố",
        "Họ tên vợ/chồng",
        "Tên chủ hộ",
        "Họ tên người giám hộ",
        "Họ và tên phụ huynh",
        "Họ tên người liên hệ",
        "Họ tên, năm sinh",
        "Ký, ghi rõ họ tên",
        "Họ tên GVCN",
        "Họ và tên bác sĩ",
        "Họ tên con",
        "Mother's name",
        "Father full name",
        "Tên xã",
        "Tên công ty",
        "Username",
    ],
)
def test_a_relatives_name_or_of_who_signs_is_theirs(heading):
    assert set(means("STT", heading, "Số CCCD")) == {"record_id", "number"}


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Giới tính (0: Nam, 1: Nữ)", {"0": "Nam", "1": "Nữ"}),
        ("Giới tính (Nam: 1; Nữ: 0)", {"1": "Nam", "0": "Nữ"}),
        ("GT (1=Nam, 2=Nữ)", {"1": "Nam", "2": "Nữ"}),
        ("Sex (0 male, 1 female)", {"0": "Nam", "1": "Nữ"}),
        ("GT", {}),
        ("Giới tính (1/2)", {}),
    ],
)
def test_a_sex_is_known_by_gt_and_with_its_codes_in_brackets(heading, codes):
    assert means("Họ và tên", heading)["sex"] == heading
    assert sex_codes(heading) == codes


def test_codes_that_nobody_tells_are_not_taken():
    assert "sex" not in means("Họ và tên", "Giới tính (0/1)")


@pytest.mark.parametrize(
    ("male", "female"),
    [
        ("Nam", "Nữ"),
        ("NAM", "NỮ"),
        ("Năm sinh Nam", "Năm sinh Nữ"),
        ("Năm sinh (Nam)", "Năm sinh (Nữ)"),
        ("Nam (năm sinh)", "Nữ (năm sinh)"),
        ("NAM SINH NAM", "NAM SINH NU"),
        ("Ngày tháng năm sinh - Nam", "Ngày tháng năm sinh - Nữ"),
        ("Male", "Female"),
    ],
)
def test_columns_of_men_and_of_women_are_known(male, female):
    assert means("Họ và tên", male, female) == {"full_name": "Họ và tên", "male": male, "female": female}


def test_a_year_is_no_man():
    assert means("Họ và tên", "Ngày", "Tháng", "Năm") == {
        "full_name": "Họ và tên",
        "birth_day": "Ngày",
        "birth_month": "Tháng",
        "birth_year": "Năm",
    }
    whole = "Ngày tháng năm sinh"
    assert (
        means("Tên", *(f"{whole} {part}" for part in ("Ngày", "Tháng", "Năm")))["birth_year"]
        == f"{whole} Năm"
    )
    assert "male" not in means("Họ và tên", "Năm")


def test_a_usual_heading_goes_before_one_that_only_means_the_same():
    assert means("Số giấy tờ", "Số CCCD", "Địa chỉ chi tiết", "Địa chỉ") == {
        "number": "Số CCCD",
        "address": "Địa chỉ",
    }


def test_two_that_mean_one_field_are_asked_for_and_what_a_record_need_not_have_is_not_taken():
    with pytest.raises(errors.FileColumnsDoubled, match="Số thẻ CCCD, Số CMT"):
        means("Họ và tên", "Số thẻ CCCD", "Số CMT")
    assert "phone" not in means("Họ và tên", "SĐT liên hệ", "Số ĐT di động")


def test_a_header_names_somebody_or_has_all_that_a_mapping_names(tmp_path):
    is_header = header_by(None)
    assert is_header(["TT", "HỌ VÀ TÊN", ""])
    assert not any(
        map(is_header, (["UBND XÃ ĐẠI MẠCH", ""], ["Họ và tên"], ["1", "Nguyễn Văn An", "001085001234"]))
    )
    (tmp_path / "map.toml").write_text('[columns]\nnumber = "A"\nfull_name = "B"', "utf-8")
    is_header = header_by(tmp_path / "map.toml")
    assert (is_header(["b", "a", "c"]), is_header(["Họ và tên", "a"])) == (True, False)
