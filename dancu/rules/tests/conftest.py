import pytest
from django.utils import translation

from dancu.rules import documents
from dancu.rules.tests.a_kind import A_KIND


@pytest.fixture
def a_kind(monkeypatch):
    """Documents may be of the kind “test”."""
    monkeypatch.setattr(documents, "kinds", lambda: {"test": A_KIND})
    return A_KIND


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
