"""The page that shows the kit: all pieces in a demo, nothing in a country."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dancu.testing.pages import meaning, offered, text

pytestmark = pytest.mark.django_db
PAGES = (
    "/kit/",
    "/kit/posts.csv",
    "/kit/posts.xlsx",
    "/kit/paper/",
    "/kit/question/",
    "/kit/person/",
    "/kit/press/",
    "/kit/press/1/",
)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.mark.parametrize("page", PAGES)
def test_a_country_has_no_such_page(client, settings, page):
    settings.DEMO = False
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_demo_shows_each_piece(client, demo, page):
    assert client.get(page, follow=True).status_code == 200


def test_the_page_is_filtered_ordered_and_paged(client, demo):
    page = client.post("/kit/", {"q": "hồ chí", "state": ""}, follow=True)
    assert "Trạm Thành phố Hồ Chí Minh" in text(page)
    assert "Trạm Huế" not in text(page)
    assert "Trạm Đà Nẵng" in text(client.get("/kit/?page=2"))
    assert 'aria-sort="descending"' in client.get("/kit/?sort=-doses").content.decode()


def test_rows_that_cannot_be_used_are_told_one_by_one(client, demo):
    def sent(data: bytes):
        return client.post("/kit/", {"send": "", "file": SimpleUploadedFile("list.csv", data)})

    assert "1 rows read. 2 rows were left out:" in text(sent(b"12\nx\n-\n"))
    assert "This file is no text in UTF-8." in text(sent(b"\xff"))
    assert "Choose a file" in text(client.post("/kit/", {"send": ""}))


def test_a_line_and_those_ticked_are_pressed(client, demo):
    assert "Pressed for 1 of the posts." in text(client.post("/kit/press/3/", follow=True))
    assert "Pressed for 2 of the posts." in text(
        client.post("/kit/press/", {"post": ["3", "4", "x"]}, follow=True)
    )
    assert "Nothing happened, once." in text(client.post("/kit/question/", follow=True))


def test_a_person_is_chosen_from_those_who_are_found(client, demo):
    assert len(offered(client, "/kit/person/", "Nguyễn")) == 2
    meant = meaning(client, "/kit/person/", "001085000123")
    assert "Nguyễn Văn An was chosen." in text(client.post("/kit/person/", meant, follow=True))
    assert "Nobody in your area was found." in text(client.post("/kit/person/", {"person": "Trần"}))
