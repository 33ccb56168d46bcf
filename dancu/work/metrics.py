"""Figures of background work, for monitoring."""

from collections.abc import Mapping

from django.utils import timezone

from dancu.work import lookups


def trouble() -> Mapping[tuple[str, str], int]:
    """By kind of work and trouble (JobStanding.trouble): 1 where it is in that trouble."""
    return {
        (each.kind, trouble): int(each.trouble == trouble)
        for each in lookups.standing(with_waiting=False)
        for trouble in lookups.TROUBLES
    }


def attempts() -> Mapping[str, int]:
    """By kind of work: how often it was begun since it last went well."""
    return {each.kind: each.row["attempts"] for each in lookups.standing(with_waiting=False) if each.row}


def overdue() -> Mapping[str, float]:
    """By kind of work: for how many seconds it has been due and nobody has it."""
    now = timezone.now()
    return {
        each.kind: 0.0 if each.row["worker"] else max((now - each.row["due_at"]).total_seconds(), 0.0)
        for each in lookups.standing(with_waiting=False)
        if each.row
    }


def ended() -> Mapping[str, float]:
    """By kind of work: when it last went well, in seconds since 1970."""
    rows = [(each.kind, each.row) for each in lookups.standing(with_waiting=False) if each.row]
    return {kind: row["ended_at"].timestamp() for kind, row in rows if row["ended_at"]}
