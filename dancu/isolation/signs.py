"""The signs of an illness: what may be declared of one, and what a health officer should hear of first."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SYMPTOMS: dict[str, str | Promise] = {
    "fever": _("Fever"),
    "cough": _("Cough"),
    "breath": _("Shortness of breath"),
    "throat": _("Sore throat"),
    "taste": _("Loss of taste or smell"),
    "tired": _("Unusual tiredness"),
}
SIGNS = ("symptoms", "contact", "positive")


def without(said: Mapping[str, Any], signs: Collection[str]) -> dict[str, Any]:
    """What was declared (as for `warnings_in`), but for these signs of an illness."""
    none: dict[str, dict[str, Any]] = {
        "symptoms": {"symptoms": []}, "contact": {"contact": False}, "positive": {"test_result": ""}
    }  # fmt: skip
    gone = {
        field: value for sign in signs if sign in warnings_in(said) for field, value in none[sign].items()
    }
    return {**said, **gone}


def warnings_in(said: Mapping[str, Any]) -> list[str]:
    """The signs of an illness in what was declared (the fields of a journey, or a declaration's row)."""
    told = {
        "symptoms": bool(said["symptoms"]),
        "contact": said["contact"],
        "positive": said["test_result"] == "positive",
    }
    return [sign for sign in SIGNS if told[sign]]
