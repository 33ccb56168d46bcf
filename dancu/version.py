"""Which version of dancu this is. It stands in pyproject.toml, and nowhere else."""

import tomllib
from pathlib import Path


def version() -> str:
    """The version of this checkout, such as 0.2.0 (Semantic Versioning)."""
    with (Path(__file__).parents[1] / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]
