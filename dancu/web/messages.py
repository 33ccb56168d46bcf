"""Compile every translation (.po → .mo) with Babel, so that no machine needs GNU gettext: `python -m
dancu.web.messages`.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dancu import modules

DANCU = Path(__file__).resolve().parent.parent


def catalogues() -> list[Path]:
    """Every django.po of the project and of a country's own modules."""
    folders = [DANCU, *map(modules.folder, modules.others())]
    return sorted(po for folder in folders for po in folder.rglob("locale/*/LC_MESSAGES/django.po"))


def compile_all() -> None:
    """Write each catalogue's .mo where it is older than the .po."""
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source, mo.open("wb") as target:
            write_mo(target, read_po(source, locale=po.parent.parent.name))


if __name__ == "__main__":
    compile_all()
