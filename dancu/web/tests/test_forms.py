from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import get_template
from django.utils import translation

from dancu.areas import lookups as areas
from dancu.web.forms import CommuneField, DateField, helper
from dancu.web.messages import DANCU
from dancu.web.templatetags.dancu import error_links

TODAY = date(2021, 8, 20)  # the old units
REFORMED = date(2025, 8, 1)


class Birth(forms.Form):
    born = DateField(label="Born", earliest=date(1900, 1, 1), latest=lambda: TODAY, birthday=True)
    helper = helper("born", submit="Send")


class Journey(forms.Form):
    origin = CommuneField(label="Origin", on=TODAY)
    via = CommuneField(label="Via", on=lambda: REFORMED, required=False)


def born(day, month, year):
    return Birth({"born_0": day, "born_1": month, "born_2": year})


def journey(text, chosen="", more=""):
    return Journey(QueryDict(f"origin={text}&origin_id={chosen}{more}"))


def test_a_date_comes_from_three_inputs():
    form = born("7", "03", "1985")

    assert form.is_valid()
    assert form.cleaned_data["born"] == date(1985, 3, 7)


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        ("", "", "", [("id_born_0", "Enter the day, month and year")]),
        ("7", "", "1985", [("id_born_1", "Enter the month")]),
        (
            "7",
            "March",
            "85",
            [
                ("id_born_1", "The month must be a number from 1 to 12"),
                ("id_born_2", "The year must have four digits, such as 1985"),
            ],
        ),
        ("31", "2", "1985", [("id_born_0", "This date does not exist: check the day, month and year")]),
        ("31", "12", "1899", [("id_born_0", "The date must be 01/01/1900 or later")]),
        ("21", "8", "2021", [("id_born_0", "The date must be 20/08/2021 or earlier")]),
    ],
)
def test_what_is_wrong_with_a_date_leads_to_the_input_to_correct(day, month, year, expected):
    with translation.override("en"):
        assert error_links(born(day, month, year)) == expected


def test_a_date_that_may_be_left_empty_is_none():
    assert DateField(required=False).clean(["", "", ""]) is None


def test_a_forms_error_is_told_in_vietnamese_and_beside_its_input():
    from crispy_forms.utils import render_crispy_form

    with translation.override("vi"):
        page = render_crispy_form(born("7", "", "1985"))

    assert "Hãy nhập tháng" in page
    assert "Tháng</label>" in page
    assert 'autocomplete="bday-month"' in page
    assert "novalidate" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
class TestCommune:
    def test_the_chosen_suggestion_is_taken(self):
        here = areas.suggest("phường Bến Nghé", TODAY)[0]

        form = journey(here.label, here.area.area_id)

        assert form.is_valid()
        assert form.cleaned_data["origin"] == here.area

    def test_without_the_script_a_name_that_only_one_commune_has_is_enough(self):
        form = journey("ben nghe quan 1")

        assert form.is_valid()
        assert form.cleaned_data["origin"].path == "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"

    def test_a_name_typed_after_the_choice_counts_more_than_the_choice(self):
        here = areas.suggest("phường Bến Nghé", TODAY)[0]

        form = journey("phường Bến Thành quận 1", here.area.area_id)

        assert form.is_valid()
        assert form.cleaned_data["origin"].short_name == "Bến Thành"

    def test_where_several_communes_have_the_name_they_are_offered_and_one_can_be_chosen(self):
        first = journey("xã Tân Lập")
        with translation.override("en"):
            assert not first.is_valid()
            assert "match “xã Tân Lập”. Choose one of those below the box" in first.errors["origin"][0]
        offered = first.fields["origin"].widget.choices
        shown = str(first["origin"])
        assert len(offered) > 1
        assert all(
            f'type="radio" name="origin_choice" id="id_origin_choice_{n + 1}"' in shown
            for n in range(len(offered))
        )

        second = journey("xã Tân Lập", "", f"&origin_choice={offered[1].area.area_id}")

        assert second.is_valid()
        assert second.cleaned_data["origin"] == offered[1].area
        assert f'value="{offered[1].label}"' in str(
            second["origin"]
        )  # where another field sends the form back

    def test_the_only_commune_that_is_called_just_so_is_meant(self):
        assert len(areas.suggest("phường Bến Nghé", TODAY)) > 1  # Bến Thủy in Nghệ An fits those words too

        assert journey("phuong ben nghe").is_valid()
        assert journey(
            "Phường Bến Nghé, Quận 1, Hồ Chí Minh"
        ).is_valid()  # as people write it, without “Thành phố”

    @pytest.mark.parametrize(
        ("typed", "among"),
        [
            ("Hưng Lợi", "Phường Tân An, Thành phố Cần Thơ"),  # not Xã Hùng Lợi, 1,300 km away
            ("Chợ Bến Thành", "Phường Bến Thành, Thành phố Hồ Chí Minh"),
            ("Tuyên Quang", "Xã Tuyên Quang, Tỉnh Lâm Đồng"),
            ("Ninh Kieu District", "Phường Ninh Kiều, Thành phố Cần Thơ"),
            ("Ấp Thới Hòa, Bến Cầu, Tây Ninh", "Xã Bến Cầu, Tỉnh Tây Ninh"),
        ],
    )
    def test_what_may_be_another_commune_is_offered_and_never_taken_until_it_is_chosen(self, typed, among):
        doubtful = journey("ben nghe quan 1", "", f"&via={typed}")
        assert not doubtful.is_valid()
        offered = {each.label: each.area for each in doubtful.fields["via"].widget.choices}
        assert among in offered

        chosen = journey("ben nghe quan 1", "", f"&via={typed}&via_choice={offered[among].area_id}")

        assert chosen.is_valid()
        assert chosen.cleaned_data["via"] == offered[among]

    def test_the_only_one_that_may_be_meant_is_asked_for(self):
        form = journey("ben nghe quan 1", "", "&via=Bến Nghê")

        with translation.override("en"):
            assert form.errors["via"][0].startswith("“Bến Nghê” may be the commune below the box.")
        assert [each.area.short_name for each in form.fields["via"].widget.choices] == ["Sài Gòn"]

    def test_an_english_kind_is_understood(self):
        form = journey("ben nghe quan 1", "", "&via=Ben Thanh Ward, Ho Chi Minh City")

        assert form.is_valid()
        assert form.cleaned_data["via"].path == "Phường Bến Thành, Thành phố Hồ Chí Minh"

    def test_a_name_that_no_commune_has_is_an_error(self):
        form = journey("Xyzzy")

        with translation.override("vi"):
            assert form.errors["origin"][0].startswith("Không tìm thấy xã, phường nào như vậy.")

    @pytest.mark.parametrize("chosen", ["999999999", "-1", "x", "٣", "99999999999999999999"])
    def test_an_id_that_means_nothing_is_passed_over(self, chosen):
        assert journey("ben nghe quan 1", chosen).is_valid()

    def test_a_unit_that_did_not_stand_that_day_is_not_taken(self):
        new = areas.unit("26740", REFORMED)

        assert new.path not in (s.label for s in areas.suggest(new.path, TODAY))
        assert journey(new.path, new.area_id).data["origin_id"] == str(new.area_id)
        form = journey(new.path, new.area_id)
        assert not form.is_valid() or form.cleaned_data["origin"] != new

    def test_it_may_be_left_empty_where_it_is_not_required(self):
        form = journey("ben nghe quan 1")

        assert form.is_valid()
        assert form.cleaned_data["via"] is None

    def test_a_commune_known_before_is_shown_with_its_name_and_id(self):
        here = areas.suggest("phường Bến Nghé", TODAY)[0].area

        shown = str(Journey(initial={"origin": here.area_id})["origin"])

        assert f'value="{here.path}"' in shown
        assert f'name="origin_id" value="{here.area_id}"' in shown
        assert 'data-commune-target="origin_id"' in shown


def test_the_form_librarys_templates_are_used_as_we_corrected_them():
    ours = sorted((DANCU / "web" / "templates" / "gds").rglob("*.html"))

    names = [file.relative_to(DANCU / "web" / "templates").as_posix() for file in ours]

    assert names
    assert [get_template(name).origin.name for name in names] == [str(file) for file in ours]
