"""No page, endpoint or file is at fault because a record on it is merged, or parted, between two of its
statements.
"""

import json
import time
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from dancu.accounts import lookups as accounts
from dancu.accounts.models import Official
from dancu.accounts.tokens import create_token
from dancu.credentials import actions as credentials
from dancu.register import actions as register
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.travellers import my_thuan
from tests.merging.stepping import at_every_step, stepped
from tests.merging.test_written_while_merged import BASIS, Scene, a_scene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(published_areas) -> dict[str, Official]:
    credentials.create_key("pass")
    rows("ALTER SEQUENCE person_id_seq RESTART WITH 700000000001")
    roles = ("checkpoint_officer", "commune_officer", "data_steward", "vaccinator")
    return {role: make_official(f"a_{role}", role) for role in roles}


@pytest.fixture
def browsers(people) -> dict[str, Client]:
    """One for each, signed in, the checkpoint's at its station."""
    found = {role: signed_in(Client(), official) for role, official in people.items()}
    found["checkpoint_officer"].post("/checkpoint/stations/", {"station": my_thuan(), "direction": "in"})
    system = people["vaccinator"]
    token = create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "hospital")
    return found | {"system": Client(headers={"Authorization": f"Bearer {token}"}), "citizen": Client()}


def of_citizen(browser: Client, scene: Scene) -> Client:
    session = browser.session
    session["citizen"] = {"person_id": scene.other, "seen": int(time.time())}
    session.save()
    browser.cookies["sessionid"] = session.session_key
    return browser


Page = Callable[[dict[str, Client], Scene], HttpResponse]
PAGES: dict[str, Page] = {
    "scan": lambda of, scene: of["checkpoint_officer"].post(
        "/checkpoint/examine/", {"text": scene.held.qr_text}
    ),
    "card": lambda of, scene: of["checkpoint_officer"].post("/checkpoint/examine/", {"text": scene.card}),
    "who is held": lambda of, scene: of["checkpoint_officer"].get("/checkpoint/held/"),
    "lately": lambda of, scene: of["checkpoint_officer"].get("/checkpoint/recent/"),
    "arrivals": lambda of, scene: of["commune_officer"].get("/commune/"),
    "arrivals as a file": lambda of, scene: of["commune_officer"].get("/commune/arrivals.csv"),
    "arrivals as a sheet": lambda of, scene: of["commune_officer"].get("/commune/arrivals/list/"),
    "movements": lambda of, scene: of["commune_officer"].get(f"/commune/people/{scene.other}/"),
    "journey": lambda of, scene: of["commune_officer"].get(f"/commune/journeys/{scene.held.declaration_id}/"),
    "declared": lambda of, scene: of["commune_officer"].get(
        f"/commune/journeys/{scene.held.declaration_id}/declared/"
    ),
    "record": lambda of, scene: of["data_steward"].get(f"/office/person/{scene.other}/"),
    "record kept": lambda of, scene: of["data_steward"].get(f"/office/person/{scene.kept}/"),
    "number": lambda of, scene: of["data_steward"].post(f"/office/person/{scene.other}/number/cmnd/"),
    "as of": lambda of, scene: of["data_steward"].get(f"/office/person/{scene.other}/as-of/?on=2020-01-01"),
    "merging": lambda of, scene: of["data_steward"].get(f"/office/person/{scene.kept}/merge/{scene.other}/"),
    "events": lambda of, scene: of["data_steward"].get(f"/office/person/{scene.other}/events/death/"),
    "search": lambda of, scene: of["data_steward"].get(f"/office/search/?q={scene.card}"),
    "system": lambda of, scene: of["system"].post(
        "/api/people/identify", json.dumps({"number": scene.card}), content_type="application/json"
    ),
    "system, many": lambda of, scene: of["system"].post(
        "/api/people/identify-many",
        json.dumps({"people": [{"number": scene.card}]}),
        content_type="application/json",
    ),
    "me": lambda of, scene: of_citizen(of["citizen"], scene).get("/me/"),
    "passes": lambda of, scene: of_citizen(of["citizen"], scene).get("/passes/"),
}


@pytest.mark.parametrize("undone", [False, True], ids=["merged", "parted"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_at_fault_because_a_record_on_it_is_merged_or_parted(people, browsers, page, undone):
    answers: list[int] = []
    officer, steward = acting_as(people["checkpoint_officer"]), acting_as(people["data_steward"])

    def scene():
        made = a_scene((my_thuan(), officer, steward))
        merge_id = made.merge() if undone else None
        between = (lambda: register.undo_merge(steward, merge_id, basis=BASIS)) if merge_id else made.merge
        return lambda: answers.append(len(shown(PAGES[page](browsers, made)))), between

    def shown(response: HttpResponse) -> bytes:
        assert response.status_code < 500, response.status_code
        return b"".join(response) if response.streaming else response.content

    with stepped():
        wrong = [(done.before, done.problem or done.of_merge) for done in at_every_step(scene)]
    assert [each for each in wrong if each[1]] == []
    assert len(answers) == len(wrong)
