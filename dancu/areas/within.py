"""Under which ids those are registered who live in a unit, now and before the reforms."""

from . import index


def left(now: index.Index, area_id: int) -> list[int]:
    """Of a unit that has ended: lookups.jurisdiction."""
    within = {area_id, *now.below.get(area_id, ())}
    whole, later = set(within), [new for each in within for new in now.successors.get(each, ())]
    while later:
        new = later.pop()
        if new not in whole and whole.issuperset(now.predecessors[new]):
            whole.add(new)
            later += now.successors.get(new, ())
    return sorted(_with_those_above(now, whole.union(*map(now.predecessors_of, within))))


def standing(now: index.Index, area_id: int) -> list[int]:
    """lookups.ids_below."""
    within = {area_id, *now.below.get(area_id, ())}
    return sorted(
        _with_those_above(
            now, within.union(*map(now.predecessors_of, within), *map(now.successors_of, within))
        )
    )


def _with_those_above(now: index.Index, ids: set[int]) -> set[int]:
    """And the districts of other times that lie wholly within all that."""
    above = {ancestor for found in ids for ancestor in now.areas[found].ancestors}
    for ancestor in sorted(above - ids, key=lambda ancestor: -now.areas[ancestor].level):
        if ids.issuperset(now.below[ancestor]):
            ids.add(ancestor)
    return ids
