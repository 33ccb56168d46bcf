"""Who descends from whom, and who is too near by it to marry: one rule for an event, a merge and a whole
file.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

GENERATIONS = 4  # as far up as a direct line is followed: nobody marries a great-great-grandparent

Parents = Mapping[int, Collection[int]]
"""The parents whom somebody's record names."""


def lines_up(person_ids: Iterable[int], parents_of: Callable[[Collection[int]], Parents]) -> Parents:
    """Of these people and their forebears the parents, asked of `parents_of` generation by generation,
    for all of them at once.
    """
    known: dict[int, Collection[int]] = {}
    asked = set(person_ids)
    for _generation in range(GENERATIONS):
        if not asked:
            break
        found = parents_of(asked)
        known |= {person_id: found.get(person_id, ()) for person_id in asked}
        asked = {parent for person_id in asked for parent in known[person_id]} - known.keys()
    return known


def forebears(person_id: int, parents: Parents, generations: int = GENERATIONS) -> set[int]:
    """Parents, their parents and so on. Without the person, unless a fault of the records makes a circle."""
    found: set[int] = set()
    latest = set(parents.get(person_id, ()))
    for _generation in range(generations):
        found |= latest
        latest = {parent for each in latest for parent in parents.get(each, ())} - found
    return found


def are_close(one: int, two: int, parents: Parents) -> bool:
    """Whether they are of direct line or related within three generations (Law on Marriage and Family 2014,
    art. 3(17), (18)): one is a forebear of the other, or a parent or grandparent is of both.
    """
    near = [forebears(each, parents, 2) | {each} for each in (one, two)]
    return bool(near[0] & near[1]) or one in forebears(two, parents) or two in forebears(one, parents)
