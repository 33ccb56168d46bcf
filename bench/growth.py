"""How figures grow with the register: a Markdown table with a column for each size, made over several
runs.
"""

from collections.abc import Iterable
from pathlib import Path

from bench.figures import Figure

_WHAT = "What"


def note(file: Path, size: str, figures: Iterable[Figure]) -> None:
    """Put this run's figures into the table of `file`, in the column of this size, which is new or
    replaced. Other lines stay.
    """
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    start = next((nth for nth, line in enumerate(lines) if _cells(line)[:1] == [_WHAT]), len(lines))
    end = next((nth for nth in range(start, len(lines)) if not lines[nth].startswith("|")), len(lines))
    heads, *rows = [_cells(line) for line in lines[start:end] if set(line) - set("|-: ")] or [[_WHAT]]
    table = {row[0]: dict(zip(heads[1:], row[1:], strict=True)) for row in rows}
    for figure in figures:
        table.setdefault(f"{figure.name}, {figure.unit}", {})[size] = _told(figure)
    sizes = sorted({*heads[1:], size}, key=lambda head: int(head.replace(",", "")))
    made = [
        [_WHAT, *sizes],
        ["---", *(["---:"] * len(sizes))],
        *([name, *(of.get(head, "–") for head in sizes)] for name, of in table.items()),
    ]
    lines[start:end] = [f"| {' | '.join(cells)} |" for cells in made]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _told(figure: Figure) -> str:
    value = figure.value
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
