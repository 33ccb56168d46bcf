import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dancu.register import actions as register
from dancu.review import lookups
from dancu.review.actions import Case, CaseCandidate, propose
from dancu.testing.cases import WATERFALL, a_case, cases
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import links, text
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, ha, someone
from dancu.web.office.review import side_by_side
from dancu.web.office.review.side_by_side import beside, pieces, steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN = "001085001234"


@pytest.fixture
def desk():
    """A browser in which Hà, the nation's data steward, is signed in."""
    return signed_in(Client(), ha())


def decide(client, page, decision: str, htmx: bool = False, **sent):
    """The answer to the case on the page."""
    case = re.search(r'name="case" value="(\d+)"', page.content.decode())[1]
    person = re.search(r'name="person"[^>]* value="(\d+)"', page.content.decode())
    told = {"case": case, "decision": decision, "person": person[1] if person else ""} | sent
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post("/office/review/decide/", told, headers=headers, follow=not htmx)


def test_a_case_shows_both_records_with_what_differs_marked_and_why_it_is_doubtful(desk):
    propose(
        [a_case(someone(pin=PIN, phone="0912345678"), declared={"number": "001085001235"}, record_id="1")]
    )
    page = desk.get("/office/review/")
    said = text(page)
    for words in (
        "Are these the same person?",
        "1 left",
        "from 01234",
        "Information sent The register",
        "Full name differs Nguyen Van An",
        "Birth date differs 03/12/1985 12/03/1985",
        "Name the same without accents +9.1",
        "Birth date day and month swapped +8.8",
        "Residence different −2.3",
        "Total +4.5",
        "Same person S",
        "Different people D",
        "Not sure N",
    ):
        assert words in said, words
    assert '<mark class="dancu-unlike">5</mark>' in page.content.decode()
    assert PIN in said.replace(" ", "")


def test_a_number_is_masked_unless_there_is_one_to_compare_it_with(desk):
    propose([a_case(someone(pin=PIN, cmnd="012345678"))])
    said = text(desk.get("/office/review/"))
    assert "••••••••1234" in said
    assert "•••••5678" in said
    assert PIN not in said


def test_after_an_answer_the_next_case_is_there_and_the_answer_is_confirmed(desk):
    cases([someone(), someone(full_name="Lê Thị Bưởi")])
    page = decide(desk, desk.get("/office/review/"), "different")
    assert "Recorded: Different people." in text(page)
    assert "1 left 1 answered today" in text(page)
    page = decide(desk, page, "same", htmx=True)
    assert "<html" not in page.content.decode()
    assert "No cases left to review" in text(page)
    assert 'id="review-said"' in page.content.decode()


def test_of_several_persons_the_chosen_one_is_meant(desk):
    first, second = someone(), someone(full_name="Nguyễn Văn Ân")
    propose([a_case(first, second)])
    page = desk.get("/office/review/")
    assert "1 Nguyễn Văn An 12/03/1985, Phường Cầu Giấy" in text(page)
    decide(desk, page, "same", person=second)
    assert lookups.labels().select("person_id", "decision").rows() == [(first, "different"), (second, "same")]


def test_a_case_may_have_nobody_left_on_the_right(desk):
    propose([a_case()])
    page = desk.get("/office/review/")
    assert "Nobody in the register matches any more" in text(page)
    assert "Same person" not in text(page).split("Keyboard shortcuts")[0]
    assert "Recorded: Different people." in text(decide(desk, page, "different"))


def test_two_records_of_the_register_are_shown_alike_and_then_may_be_merged(desk):
    an, double = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân", pin="001085001235")
    propose([Case("duplicate", [CaseCandidate(double, 3.0, WATERFALL)], left_person=an)])
    page = desk.get("/office/review/")
    assert "First record Second record" in text(page)
    done = decide(desk, page, "same", left=an)
    assert done.redirect_chain[-1][0] == f"/office/person/{an}/merge/{double}/"
    assert "Recorded: Same person. The records have not been merged yet. You can merge them here." in text(
        done
    )
    assert links(done, "Back to cases for review") == ["/office/review/"]


def test_at_the_keys_too_the_same_person_leads_to_the_page_that_merges(desk):
    an, double = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân", pin="001085001235")
    propose([Case("duplicate", [CaseCandidate(double, 3.0, WATERFALL)], left_person=an)])
    done = decide(desk, desk.get("/office/review/"), "same", htmx=True, left=an)
    assert done["HX-Redirect"] == f"/office/person/{an}/merge/{double}/"


def test_who_are_one_person_stay_on_the_page_until_they_are_merged(desk):
    an, double = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân")
    propose([Case("duplicate", [CaseCandidate(double, 3.0, WATERFALL)], left_person=an)])
    decide(desk, desk.get("/office/review/"), "same", left=an)
    words = f"Merge record no. {an} and no. {double}"
    assert links(desk.get("/office/review/"), words) == [f"/office/person/{an}/merge/{double}/"]
    steward = acting_as(ha(username="hoa"))
    merge = register.merge_people(steward, an, double, basis="Biên bản 1/2022")
    assert words not in text(desk.get("/office/review/"))
    register.undo_merge(steward, merge, basis="Biên bản 2/2022")
    assert words not in text(desk.get("/office/review/"))  # they are two after all


def test_of_two_pairs_of_eyes_the_first_does_not_lead_to_merging(desk, settings):
    settings.FOUR_EYES = {"duplicate"}
    an = someone(pin=PIN)
    propose([Case("duplicate", [CaseCandidate(someone(), 3.0, WATERFALL)], left_person=an)])
    done = decide(desk, desk.get("/office/review/"), "same", left=an)
    assert "Someone else will review it too." in text(done)
    assert done.redirect_chain[-1][0] == "/office/review/"


def test_kinds_are_counted_and_one_of_them_can_be_worked_through(desk):
    an = someone()
    propose([a_case(an), Case("duplicate", [CaseCandidate(someone(), 3.0)], left_person=an)])
    page = desk.get("/office/review/?kind=duplicate")
    assert "A record from a site (1)" in text(page)
    assert "First record" in text(page)
    done = decide(desk, page, "different", kind="duplicate")
    assert "You have no cases of this type at the moment." in text(done)
    assert "Are these the same person?" in text(desk.get("/office/review/?kind=nonsense"))


def test_the_last_answer_is_undone(desk):
    cases([someone()])
    decide(desk, desk.get("/office/review/"), "different")
    page = desk.post("/office/review/undo/", follow=True)
    assert "Answer undone. Here is the case again. " in text(page)
    assert "Are these the same person?" in text(page)
    assert "You have no answer from the last hour" in text(desk.post("/office/review/undo/", follow=True))


def test_an_answer_that_comes_too_late_or_makes_no_sense_is_told_and_the_next_case_shown(desk):
    cases([someone()])
    page = desk.get("/office/review/")
    for sent in (
        {"decision": "perhaps"},
        {"case": "99999999"},
        {"case": "x"},
        {"decision": "same", "person": "7"},
    ):
        answer = decide(desk, page, **({"decision": "different"} | sent))
        assert answer.status_code == 200
        assert "dancu-message--warning" in answer.content.decode()
        assert "Are these the same person?" in text(answer)


def test_two_who_disagreed_are_shown_to_the_third_and_to_nobody_else(settings):
    settings.FOUR_EYES = {"all"}
    cases([someone()])
    desks = [signed_in(Client(), ha(username=name)) for name in ("ha", "hoa", "hien")]
    decide(desks[0], desks[0].get("/office/review/"), "same")
    second = desks[1].get("/office/review/")
    assert "Two colleagues" not in text(second)
    assert "so a third person will decide" in text(decide(desks[1], second, "different"))
    assert "Your answer decides: Same person · Different people" in text(desks[2].get("/office/review/"))


def test_a_steward_of_an_area_sees_its_cases_only():
    cases([someone(area(BEN_THANH))])
    assert "No cases left to review" in text(signed_in(Client(), ha(CAU_GIAY)).get("/office/review/"))


def test_the_page_speaks_vietnamese(desk, settings):
    settings.LANGUAGE_CODE = "vi"
    propose([a_case(someone())])
    said = text(desk.get("/office/review/"))
    for words in (
        "Đây có phải cùng một người?",
        "Họ và tên khác",
        "Ngày sinh đảo ngày và tháng +8,8",
        "Cùng một người",
        "Chưa chắc",
    ):
        assert words in said, words


def test_what_was_sent_besides_is_shown_and_cannot_break_the_page(desk):
    declared = {
        "full_name": "<script>",
        "dose": "<b>1",
        "sex": "?",
        "birth": "31-02",
        "commune_code": "99999",
    }
    propose([a_case(someone(), declared=declared)])
    page = desk.get("/office/review/").content.decode()
    assert "<script>" not in page.split('id="review"')[1].split("<dialog")[0]
    assert "99999" in page
    assert "31-02" in page


def test_a_case_takes_few_statements(desk, django_assert_max_num_queries):
    cases([someone() for _person in range(3)])
    page = desk.get("/office/review/")
    with django_assert_max_num_queries(60):  # half of them ask whether the list of areas has changed
        decide(desk, page, "different", htmx=True)


def test_letters_that_the_other_side_has_not_are_told_apart_from_those_it_has():
    assert [(one.text, one.unlike) for one in pieces("Nguyễn Văn An", "Nguyễn Văn Ân")] == [
        ("Nguyễn Văn ", False),
        ("A", True),
        ("n", False),
    ]
    assert [(one.text, one.unlike) for one in pieces("Lê Thị Bưởi", "Trần Quốc Đạt")] == [
        ("Lê Thị Bưởi", True)
    ]
    assert pieces("", "An") == []
    told = [
        (one.text, one.unlike)
        for one in pieces("Phường Bến Thành, Hà Nội", "Phường Bến Nghé, Hà Nội", by_words=True)
    ]
    assert told == [("Phường Bến ", False), ("Thành", True), (", Hà Nội", False)]
    assert [
        row.state for row in beside({"full_name": "An", "phone": "1"}, {"full_name": "An", "cmnd": "2"})
    ] == [
        "same",
        "alone",
        "alone",
    ]


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ({"sex": "Nam"}, {"sex": "Male"}),
        ({"birth": "28-3-1987"}, {"birth": "28/03/1987"}),
        ({"birth": "1987-03-28"}, {"birth": "28/03/1987"}),
        ({"number": "001 087 015117"}, {"number": "001087015117"}),
    ],
)
def test_what_is_only_written_otherwise_is_not_marked_as_different(sent, held):
    (row,) = beside(side_by_side.declared(sent), held)
    assert row.state == "same"
    assert not any(piece.unlike for piece in (*row.left, *row.right))


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_whatever_is_marked_the_text_stays_the_same(text_, other, by_words):
    assert "".join(piece.text for piece in pieces(text_, other, by_words)) == text_


def test_the_bars_of_a_waterfall_hang_together_and_stay_within_the_width():
    made = steps(WATERFALL)
    assert [one.kind for one in made] == ["start", "for", "for", "against"]
    assert made[0].begins == 0
    assert made[0].width == pytest.approx(100, abs=0.1)
    assert made[1].begins == 0
    assert made[2].begins == pytest.approx(made[1].width, abs=0.1)
    assert all(one.begins >= 0 and one.begins + one.width <= 100.1 for one in made)
    assert len(steps([*WATERFALL, {"field": "phone", "level": "missing", "weight": 0.0}])) == len(WATERFALL)
    assert steps([{"field": "shoe_size", "level": "roomy", "weight": 0.0}])[0].level == "roomy"


def test_what_a_site_sent_is_shown_in_words(settings):
    shown = side_by_side.declared({"birth": "1985-03-12", "sex": 2, "commune_code": CAU_GIAY, "phone": ""})
    assert shown == {
        "birth": "12/03/1985",
        "sex": "Female",
        "commune_code": "Phường Cầu Giấy, Thành phố Hà Nội",
    }


def test_nobody_is_given_a_case_before_the_page_is_opened(desk):
    cases([someone()])
    desk.get("/office/")
    assert lookups.progress(acting_as(ha(username="hoa"))).left == {"record": 1}
