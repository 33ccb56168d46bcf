"""One measured figure."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`, beside `limit` (what is to be reached, or what a peer did in the same run); `n`
    measurements.
    """

    name: str
    value: float
    unit: str
    limit: float
    n: int

    @property
    def ratio(self) -> float:
        return self.value / self.limit if self.limit else float("nan")

    def as_dict(self) -> dict[str, float | str | int]:
        return asdict(self) | {
            "ratio": round(self.ratio, 4),
            "value": round(self.value, 4),
            "limit": round(self.limit, 4),
        }

    def __str__(self) -> str:
        return (
            f"{self.name:<46} {self.value:>12,.2f} {self.unit:<10} limit or peer "
            f"{self.limit:>12,.2f}   ratio {self.ratio:6.2f}   n {self.n:,}"
        )


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
