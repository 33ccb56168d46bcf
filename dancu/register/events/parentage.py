"""Parents and children of a record that changes: what is refused at a birth is refused when a date or a
sex is corrected or records are merged.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dancu.register.codes import FEMALE, MALE
from dancu.register.errors import ParentBornLater, ParentDead, ParentTooYoung, Question, RegisterError
from dancu.register.events import checks

Row = Mapping[str, Any]

_IMPOSSIBLE = (ParentBornLater, ParentTooYoung, ParentDead)


def of_pair(child: Row, parent: Row, role: str, was: tuple[Row, Row]) -> Iterator[Question]:
    """What is asked about a parent ("mother", "father") and a child as they would be; `was`: child and parent
    as they are.

    What contradicted already is asked, not refused, since the other record may be the wrong one; and so is a
    sex, since a parent may have been named in the other one's place. Raises ParentBornLater, ParentTooYoung,
    ParentDead.
    """
    right = FEMALE if role == "mother" else MALE
    told = {"parent": parent["full_name"], "child": child["full_name"]}
    ids = tuple(row["person_id"] for row in (child, parent) if row["person_id"])
    if parent["sex"] != right:
        words = _("With this sex, %(parent)s cannot be recorded as %(role)s of %(child)s. Is that right?")
        named = _("mother") if role == "mother" else _("father")
        yield Question("sex_of_parent", words % (told | {"role": named}), ids)
    try:
        yield from checks.parent(child, {**parent, "sex": right}, role)
    except _IMPOSSIBLE:
        if contradiction(*was, role) is None:
            raise
        _least, most = checks.ages(child, parent)
        words = _("%(parent)s would have been %(age)d years old at the birth of %(child)s. Is that right?")
        if most < 0:
            words = _("%(parent)s would have been born after their child %(child)s. Is that right?")
        yield Question("age_of_parent", words % (told | {"age": most}), ids)


def contradiction(child: Row, parent: Row, role: str) -> RegisterError | None:
    """Why one cannot be the parent of the other as both are recorded, their sex aside."""
    try:
        checks.parent(child, {**parent, "sex": FEMALE if role == "mother" else MALE}, role)
    except _IMPOSSIBLE as impossible:
        return impossible
    return None
