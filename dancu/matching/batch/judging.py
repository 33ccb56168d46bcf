"""Pairs judged in DuckDB by the model: what each weighs, and its standing (standing.CandidateStanding)."""

from collections.abc import Sequence

from dancu.linkage.model.model import Comparison
from dancu.linkage.model.scoring import Scorer
from dancu.linkage.model.ways import any_sql


def judged(scorer: Scorer, pairs: str, above: str = "true") -> str:
    """The SQL of the pairs that `pairs` selects (columns `…_l` and `…_r`) with the columns JUDGED. `above`: a
    condition on their `score`. It goes step by step, since DuckDB would otherwise compute every level again
    wherever it is used.
    """
    model = scorer.model
    levels = ", ".join(f"{scorer.level_sql(each)} AS level_{each.field}" for each in model.comparisons)
    bits = ", ".join(f"{scorer.bits_of_level_sql(each)} AS bits_{each.field}" for each in model.comparisons)
    score = f"{scorer.prior!r}::DOUBLE + {_sum_of_bits(model.comparisons)}"
    level = {each.field: f"level_{each.field}" for each in model.comparisons}
    ways = {
        "possible": model.possible, "may_be": model.automatic, "rival": model.rival, "exact": model.exact,
        "named": model.named, "settled": model.settled,
    }  # fmt: skip
    said = ", ".join(f"{any_sql(of, level)} AS {name}" for name, of in ways.items())
    return f"""
        WITH levels AS MATERIALIZED (SELECT *, {levels} FROM ({pairs})),
        bits AS MATERIALIZED (SELECT *, {bits} FROM levels),
        scored AS MATERIALIZED (
            SELECT * FROM (SELECT *, {score} AS score, {_sum_of_bits(model.of_identity)} AS own FROM bits) WHERE {above}
        )
        SELECT *, {said} FROM scored
    """  # noqa: E501


def _sum_of_bits(comparisons: Sequence[Comparison]) -> str:
    return " + ".join(f"bits_{comparison.field}" for comparison in comparisons)
