"""The officials' search by name and birth date, by number, and by the last two words of a name alone,
over the whole register.
"""

import time
from collections.abc import Callable, Iterator

from bench import country
from bench.figures import Figure, percentile
from dancu.register import lookups
from dancu.testing.officials import acting_as


def measure(seconds: int) -> Iterator[Figure]:
    steward = acting_as(country.official("bench-steward", "data_steward"))
    people = [found for pin in country.some_pins(2000) for found in lookups.by_number(pin)]
    yield from _figures(
        "search.by_name_and_birth_date",
        people,
        seconds,
        lambda person: lookups.search(steward, name=person.full_name, birth_date=person.birth_date),
    )
    yield from _figures(
        "search.by_number", people, seconds, lambda person: lookups.search(steward, number=person.pin or "")
    )
    yield from _figures(
        "search.by_last_words",
        people,
        seconds,
        lambda person: lookups.search(steward, name=" ".join(person.full_name.split()[-2:])),
    )


def _figures(
    name: str,
    people: list[lookups.FoundPerson],
    seconds: int,
    look: Callable[[lookups.FoundPerson], lookups.SearchPage],
) -> Iterator[Figure]:
    took: list[float] = []
    until = time.perf_counter() + seconds / 3
    for person in people:
        began = time.perf_counter()
        listing = look(person)
        took.append(time.perf_counter() - began)
        told = listing.after or listing.crowded or listing.too_common
        assert person in listing.people or told, "the search does not find whom it was asked for"
        if time.perf_counter() > until:
            break
    yield Figure(f"{name}_p50", percentile(took, 0.5) * 1e3, "ms", 50, len(took))
    yield Figure(f"{name}_p99", percentile(took, 0.99) * 1e3, "ms", 50, len(took))
