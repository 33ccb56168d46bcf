"""The record through time, beside a model so naive that it cannot be wrong."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.register import actions, versions
from dancu.register.errors import NoSuchPerson, NothingChanged, UnknownField
from dancu.register.lookups import get
from dancu.testing import people as factories
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.text.sounds import given_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

BEGINNING = dt.date(2010, 1, 1)
DAYS = [
    dt.date(2009, 12, 31),
    *(BEGINNING + dt.timedelta(days=days) for days in range(12)),
    dt.date(9999, 12, 31),
]
VALUES = {
    "full_name": ["Nguyễn Văn An", "Nguyễn Văn Ân"],
    "home_area": [1, 2, 3],
    "phone": [None, "0912345678"],
    "sex": [1, 2],
}

a_change = st.tuples(
    st.fixed_dictionaries(
        {}, optional={field: st.sampled_from(values) for field, values in VALUES.items()}
    ).filter(bool),
    st.sampled_from([dt.date.min, *DAYS[1:-1]]),
)


def someone(**fields) -> int:
    person_id = factories.someone(valid_from=BEGINNING, **fields)
    rows("UPDATE person SET home_area = 1 WHERE person_id = %s", person_id)  # numbers in place of communes
    return person_id


class Believed:
    """Every day's record, written out; and every earlier belief, kept whole."""

    def __init__(self) -> None:
        record = {"full_name": "Nguyễn Văn An", "home_area": 1, "phone": None, "sex": 1}
        self.days = {day: dict(record) for day in DAYS if day >= BEGINNING}
        self.beliefs: list[tuple[dt.datetime, dict[dt.date, dict]]] = []

    def keep(self, at: dt.datetime) -> None:
        self.beliefs.append((at, {day: dict(record) for day, record in self.days.items()}))

    def change(self, changes: dict, valid_from: dt.date) -> bool:
        affected = [record for day, record in self.days.items() if day >= valid_from]
        differs = any(record[field] != value for record in affected for field, value in changes.items())
        for record in affected:
            record.update(changes)
        return differs


def now_recorded(person_id: int) -> dt.datetime:
    return get(person_id)["recorded_at"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(a_change, max_size=7))
def test_the_register_says_of_any_day_what_it_was_told_whenever_it_is_asked(changes):
    person_id, model = someone(), Believed()
    model.keep(now_recorded(person_id))
    for change, valid_from in changes:
        if model.change(change, valid_from):
            versions.change(person_id, change, valid_from)
            model.keep(now_recorded(person_id))
        else:
            with pytest.raises(NothingChanged):
                versions.change(person_id, change, valid_from)
    model.keep(timezone.now())
    for at, days in model.beliefs:
        for day in DAYS:
            said = versions.person_as_of(person_id, day, at)
            assert (said and {field: said[field] for field in VALUES}) == days.get(day), (day, at)


def test_before_the_register_knew_the_person_it_said_nothing():
    person_id = someone()
    long_ago = timezone.now() - dt.timedelta(days=9)
    assert versions.person_as_of(person_id, timezone.localdate(), long_ago) is None


def test_a_correction_says_what_was_corrected():
    person_id = someone()
    changed = versions.change(person_id, {"full_name": "Nguyễn Văn Ân", "sex": 1}, dt.date.min)
    assert changed == {"full_name": ["Nguyễn Văn An", "Nguyễn Văn Ân"]}
    actions.correct(acting_as(factories.ha()), person_id, {"full_name": "Nguyễn Văn Tâm"}, "Giấy khai sinh")
    assert get(person_id)["given_key"] == given_key("Tâm")


def test_a_change_of_an_earlier_time_alone_is_a_change():
    person_id, earlier = someone(), BEGINNING + dt.timedelta(days=2)
    versions.change(person_id, {"home_area": 2}, BEGINNING + dt.timedelta(days=5))
    assert versions.change(person_id, {"home_area": 2}, earlier) == {"home_area": [1, 2]}
    said = versions.person_as_of(person_id, earlier, timezone.now())
    assert said
    assert said["home_area"] == 2


def test_dates_come_back_as_dates():
    said = versions.person_as_of(
        someone(card_issued_on=dt.date(2021, 4, 25)), timezone.localdate(), timezone.now()
    )
    assert said
    assert (said["birth_date"], said["card_issued_on"], said["status_on"]) == (
        dt.date(1985, 3, 12),
        dt.date(2021, 4, 25),
        None,
    )


def test_a_field_that_a_record_has_not_is_refused():
    with pytest.raises(UnknownField):
        versions.change(someone(), {"shoe_size": 42}, dt.date.min)


def test_nobody_cannot_be_changed():
    with pytest.raises(NoSuchPerson):
        versions.change(999_999_999, {"sex": 2}, dt.date.min)
