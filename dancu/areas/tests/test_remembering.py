"""What a list of units was asked before it answers at once, whoever else asks meanwhile."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from dancu.areas import lookups, search, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

TYPED = ["Phường Cầu Giấy, Hà Nội", "Ninh Kiều, Cần Thơ", "Bến Thành, TP HCM", "xã Tân Thành"]


def test_a_commune_typed_again_is_not_looked_for_again(monkeypatch):
    today = timezone.localdate()
    first = lookups.named("Phường Cầu Giấy, Hà Nội", today)
    monkeypatch.setattr(typed, "_read", None)
    assert lookups.named("Phường Cầu Giấy, Hà Nội", today) == first
    assert first.area is not None


def test_threads_that_ask_and_forget_at_once_take_no_answer_from_each_other(monkeypatch):
    today = timezone.localdate()
    told = {text: lookups.named(text, today) for text in TYPED}
    monkeypatch.setattr(search, "REMEMBERED", 1)  # each answer makes all others forgotten
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            asked = [TYPED[nth % len(TYPED)] for nth in range(400)]
            answers = list(threads.map(lambda text: (text, lookups.named(text, today)), asked))
    finally:
        sys.setswitchinterval(before)
    assert all(answer == told[text] for text, answer in answers)
