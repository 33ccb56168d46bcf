"""Whoever works on the program sees each change on the demo without starting it again."""

from pathlib import Path

import pytest

from dancu.demo.changes import Changes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("dancu/web", "assets"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dancu/web/page.html").write_text("An")
    return tmp_path


def test_nothing_is_done_while_nothing_changes(root: Path) -> None:
    changes = Changes(root)
    (root / "dancu/web/notes.txt").write_text("no part of the program")
    assert not changes.any()


@pytest.mark.parametrize("name", ["dancu/web/page.html", "dancu/web/new.py", "assets/new.scss"])
def test_a_file_that_is_changed_or_added_is_seen_once(root: Path, name: str) -> None:
    changes = Changes(root)
    (root / name).write_text("Bình, who is new")
    assert changes.any()
    assert not changes.any()


def test_a_file_that_is_removed_is_seen(root: Path) -> None:
    changes = Changes(root)
    (root / "dancu/web/page.html").unlink()
    assert changes.any()
