"""Every English text that a page, an error or a message may show has its Vietnamese."""

import ast
import io
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import django
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from dancu import modules
from dancu.web.messages import DANCU, catalogues

_CONTEXT, _PLURAL = ((1, "c"), 2), (1, 2)
_PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
_KEYWORDS = (
    dict.fromkeys(_PLAIN)
    | dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL)
    | dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT)
    | dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}")


class Text(NamedTuple):
    file: str
    line: int
    context: str | None
    msgid: str


def _apps() -> dict[str, Path]:
    """The folders that keep their own catalogue, and the form library whose texts we translate."""
    folders = [folder for folder in DANCU.iterdir() if (folder / "__init__.py").exists()]
    folders += [folder for folder in (DANCU / "web").iterdir() if (folder / "__init__.py").exists()]
    others = map(modules.folder, modules.others())
    library = Path(find_spec("crispy_forms_gds").origin).parent
    ours = {str(folder.relative_to(DANCU.parent)): folder for folder in [DANCU, *sorted(folders)]}
    return ours | {folder.name: folder for folder in [library, *others]}


APPS = _apps()


def _files(folder: Path) -> Iterator[Path]:
    """The sources of one app: what lies in another app's folder is that one's."""
    others = [other for other in APPS.values() if other != folder and other.is_relative_to(folder)]
    for file in sorted(folder.rglob("*")):
        if file.suffix not in (".py", ".html", ".txt") or "tests" in file.parts or "static" in file.parts:
            continue
        if not any(file.is_relative_to(other) for other in others):
            yield file


def _texts(file: Path) -> Iterator[Text]:
    source = file.read_text("utf-8")
    if file.suffix == ".py":
        yield from _docstrings_of_errors(file, source)
    else:
        # What is not text of the template becomes a row of X; its indentation would not be Python.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(file)).splitlines())
    for line, found, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=_KEYWORDS):
        msgid = found[0] if isinstance(found, tuple) else found
        if msgid:
            yield Text(file.name, line, context, msgid)


def _docstrings_of_errors(file: Path, source: str) -> Iterator[Text]:
    """An exception's docstring is its message, where its base is one that is translated, or its room of
    errors has one.
    """
    if file.parent.name == "errors" or re.search(r"import .*\bTranslatedError", source):
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.ClassDef)
                and node.bases
                and (words := ast.get_docstring(node, clean=False))
            ):
                yield Text(file.name, node.lineno, None, words)


def _read(catalogue: Path) -> dict[tuple[str | None, str], str]:
    with catalogue.open("rb") as file:
        messages = [message for message in read_po(file, locale="vi") if message.id and not message.fuzzy]
    return {
        (message.context, message.id[0] if isinstance(message.id, tuple) else message.id): "".join(
            message.string
        )
        for message in messages
    }


@pytest.fixture(scope="module")
def vietnamese() -> dict[tuple[str | None, str], str]:
    djangos = [
        file
        for file in Path(django.__file__).parent.rglob("locale/vi/LC_MESSAGES/django.po")
        if "admin" not in str(file)
    ]
    return {key: words for file in [*djangos, *catalogues()] for key, words in _read(file).items()}


@pytest.mark.parametrize("app", APPS)
def test_every_text_of_the_app_has_its_vietnamese(app, vietnamese):
    texts = [text for file in _files(APPS[app]) for text in _texts(file)]

    missing = [f"{t.file}:{t.line}: {t.msgid!r}" for t in texts if not vietnamese.get((t.context, t.msgid))]

    assert not missing, f"no Vietnamese in any catalogue for {len(missing)} texts of {app}:\n" + "\n".join(
        missing
    )


@pytest.mark.parametrize("catalogue", catalogues(), ids=lambda file: "/".join(file.parts[-5:-3]))
def test_a_translation_fills_in_the_same_values(catalogue):
    differing = [
        f"{msgid!r} → {words!r}"
        for (_context, msgid), words in _read(catalogue).items()
        if set(_PLACEHOLDER.findall(msgid)) != set(_PLACEHOLDER.findall(words))
    ]

    assert not differing, "\n".join(differing)


def test_the_texts_of_templates_and_of_python_are_both_found():
    found = {text.msgid for file in _files(APPS["dancu/web"]) for text in _texts(file)}

    assert {"Skip to the main content", "Accessibility", "Enter the day"} <= found


def test_a_text_has_one_translation_in_whatever_room_it_stands():
    found: dict[tuple[str | None, str], set[str]] = {}
    for catalogue in catalogues():
        for key, words in _read(catalogue).items():
            found.setdefault(key, set()).add(words)

    assert {key: words for key, words in found.items() if len(words) > 1} == {}
