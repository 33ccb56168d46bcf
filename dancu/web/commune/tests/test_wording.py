"""Whatever can happen on the road has its words on the commune's list."""

from dancu.checkpoints.reasons import MISTAKE, REASONS
from dancu.web.commune.wording import ENDED_AT


def test_every_way_in_which_a_waiting_ends_is_told_to_the_commune():
    assert set(ENDED_AT) == {*REASONS["release"], "other"} - {MISTAKE}
