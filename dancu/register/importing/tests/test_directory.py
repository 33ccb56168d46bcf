from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dancu.register.importing.directory import NOBODY, Directory

KEYS = st.one_of(
    st.integers(-3, 3), st.integers(-(2**63), 2**63 - 1), st.integers(0, 5).map(lambda n: n * 1024)
)


@given(st.lists(st.lists(KEYS, max_size=8), max_size=5), st.lists(KEYS, max_size=8))
def test_the_first_row_that_bears_a_number_owns_it_whatever_the_order_of_parts(
    parts: list[list[int]], asked: list[int]
) -> None:
    owners: dict[int, int] = {}
    rows = [key for part in parts for key in part]
    for row, key in enumerate(rows):
        owners.setdefault(key, row)
    owners.pop(0, None)
    firsts = np.cumsum([0, *map(len, parts)])
    with TemporaryDirectory() as where:
        directory = Directory(Path(where))
        for nth in reversed(range(len(parts))):
            directory.add(int(firsts[nth]), np.array(parts[nth], np.int64))
        directory.seal()
        found = directory.find(np.array(asked + rows, np.int64)).tolist()
        again = directory.stand_again(0, len(rows)).tolist()
    assert found == [owners.get(key, NOBODY) for key in asked + rows]
    assert again == [row for row, key in enumerate(rows) if key and owners[key] != row]
