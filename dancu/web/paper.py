"""What is printed: typst documents, made in memory. The fonts are those inside typst's own package, and
set Vietnamese.
"""

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import typst
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints.lookups import pass_code
from dancu.checkpoints.rows import PassInFull
from dancu.credentials import qr
from dancu.values.plates import shown_plate

_TEMPLATES = Path(__file__).with_name("paper")
_PIXELS_PER_INCH = 220  # a slip of 909 × 1281 pixels: sharp on a phone, and 0.1 MB


def pass_pdf(shown: PassInFull, language: str) -> bytes:
    """The slip of a pass (a row of `checkpoints.lookups.pass_in_full`), one page of A6. Both languages
    stand on it, `language` first.
    """
    return _made("pass.typ", _facts(shown, language), "pdf")


def passes_pdf(passes: Sequence[PassInFull], language: str) -> bytes:
    """The slips of several passes, four to a sheet of A4, to be cut apart."""
    facts = {"slips": json.dumps([_facts(shown, language) for shown in passes]), "language": language}
    return _made("passes.typ", facts, "pdf")


def pass_png(shown: PassInFull, language: str) -> bytes:
    """The same slip as a picture, to be kept among a phone's photographs."""
    return _made("pass.typ", _facts(shown, language), "png")


def _facts(shown: PassInFull, language: str) -> dict[str, str]:
    return {
        "language": "vi" if language == "vi" else "en",
        "qr": qr.svg(shown["qr_text"]),
        "code": pass_code(shown["pass_id"]),
        "name": shown["full_name"],
        "born": str(shown["birth_year"]),
        "number": f"…{shown['number'][-4:]}" if shown["number"] else "–",
        "from": areas.get(shown["origin_area"]).path,
        "to": areas.get(shown["destination_area"]).path,
        "plate": shown_plate(shown["plate"]) or "–",
        "until": f"{timezone.localtime(shown['expires_at']):%H:%M %d/%m/%Y}",
    }


def _made(template: str, facts: dict[str, str], kind: Literal["pdf", "png"]) -> bytes:
    made = typst.compile(
        _TEMPLATES / template,
        format=kind,
        ppi=_PIXELS_PER_INCH if kind == "png" else None,
        sys_inputs=facts,
        font_paths=_fonts(),
    )
    assert isinstance(made, bytes)
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
