"""One code for all who travel together."""

import datetime as dt

import pytest
from django.utils import timezone

from dancu.checkpoints import groups, passes
from dancu.checkpoints.codes import new_pass_id
from dancu.credentials import qr
from dancu.credentials.errors import Altered, NotACredential
from dancu.testing.travellers import journey

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture(autouse=True)
def _country(country):
    pass


def sealed(name: str, issued_at: dt.datetime = NOW, **more) -> tuple[int, str]:
    pass_id = new_pass_id()
    return pass_id, passes.seal(pass_id, journey(full_name=name, **more), True, issued_at)


def test_a_group_says_who_is_in_it_as_their_passes_do():
    (an, an_text), (lan, lan_text) = (
        sealed("Nguyễn Văn An"),
        sealed("Lê Ngọc Lan", NOW - dt.timedelta(hours=3)),
    )
    (text,) = groups.seal_group([an_text, lan_text])
    told = groups.unseal_group(f" {text.replace('DG1', 'dg1')} ")
    assert [(one.pass_id, one.full_name, one.number_end) for one in told.members] == [
        (an, "Nguyễn Văn An", "34"),
        (lan, "Lê Ngọc Lan", "34"),
    ]
    for member, of in zip(told.members, (an_text, lan_text), strict=True):
        facts = passes.unseal(of, NOW)
        assert (member.birth_year, member.agrees) == (facts.birth_year, facts.agrees)
        assert (member.issued_at, member.expires_at) == (facts.issued_at, facts.expires_at)
        assert (member.origin_code, member.destination_code) == (facts.origin_code, facts.destination_code)
    assert told.plate == "59X1-12345"
    assert told.issued_at == NOW - dt.timedelta(hours=3)  # of the older pass
    assert told.expires_at == NOW + dt.timedelta(hours=72)  # of the younger one


def test_forty_fit_into_three_codes_that_a_telephone_shows():
    texts = groups.seal_group([sealed(f"Nguyễn Hoàng Phương Thảo {'ABCDEFGH'[n % 8]}")[1] for n in range(40)])
    assert [len(groups.unseal_group(text).members) for text in texts] == [15, 15, 10]
    assert max(qr.version(text, "L") for text in texts) <= 23  # 109 modules: 3 points each on a telephone


def test_a_group_is_no_pass_and_a_pass_is_no_group():
    _pass_id, text = sealed("Nguyễn Văn An")
    (group,) = groups.seal_group([text, text])
    for read in (
        lambda: passes.unseal(group.replace("DG1:", "DC1:"), NOW),
        lambda: passes.unseal_whenever(group.replace("DG1:", "DC1:")),
        lambda: groups.unseal_group(text.replace("DC1:", "DG1:")),
        lambda: groups.unseal_group(text),
    ):
        with pytest.raises(NotACredential):
            read()


def test_a_changed_group_is_never_read():
    (group,) = groups.seal_group([sealed("Nguyễn Văn An")[1], sealed("Lê Ngọc Lan")[1]])
    forged = group[:-1] + ("0" if group[-1] != "0" else "1")
    with pytest.raises((Altered, NotACredential)):
        groups.unseal_group(forged)


def test_a_group_whose_time_is_over_is_read_and_each_pass_says_that_it_is():
    old = NOW - dt.timedelta(days=9)
    (group,) = groups.seal_group([sealed("Nguyễn Văn An", old)[1], sealed("Lê Ngọc Lan", old)[1]])
    assert groups.unseal_group(group).expires_at < NOW


def test_long_names_and_many_ways_make_more_codes_and_no_fault():
    far = [journey().origin_area, journey().destination_area]
    texts = [
        sealed("Nguyễn " + "Phương " * 7 + str(n), origin_area=far[n % 2], destination_area=far[-n % 2])[1]
        for n in range(20)
    ]
    told = [groups.unseal_group(text).members for text in groups.seal_group(texts)]
    assert sum(map(len, told)) == 20
