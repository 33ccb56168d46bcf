"""A model, and its weights where they are known, as Splink's settings: for its training and for its
predictions on DuckDB or Spark.
"""

from typing import Any

from dancu.linkage.model.model import Comparison, Model
from dancu.linkage.model.weights import SMALLEST, Weights

MADE_UP = 0.9  # m of the strongest level before anything is learnt


def splink_settings(
    model: Model, link_type: str, weights: Weights | None = None, dialect: str = "duckdb"
) -> dict[str, Any]:
    """Settings for splink.Linker over tables of prepared records that have `rid`, and `tf_…` where
    frequencies count.
    """
    return {
        "link_type": link_type,
        "unique_id_column_name": "rid",
        "probability_two_random_records_match": weights.prior if weights else 1e-4,
        "comparisons": [_comparison(comparison, weights, dialect) for comparison in model.comparisons],
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": " AND ".join(f"l.{column} = r.{column}" for column in block) or "1=1",
                "sql_dialect": dialect,
            }
            for block in model.blocks
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(comparison: Comparison, weights: Weights | None, dialect: str) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": comparison.missing.sql(dialect),
            "label_for_charts": "missing",
            "is_null_level": True,
        }
    ]
    known = weights.levels[comparison.field] if weights else {}
    for level in comparison.levels:
        said = {"sql_condition": level.when.sql(dialect), "label_for_charts": level.name}
        probabilities = known.get(level.name)
        if level.frequency and not (level.partly and not weights):
            said |= {"tf_adjustment_column": level.frequency, "disable_tf_exact_match_detection": True}
        if level.frequency and level.partly and weights and probabilities:
            # Splink makes m / frequency of m / u: what partly holds is to be worth m / u * chance / frequency
            # (Scorer.commonly)
            m, u = probabilities
            chance = max(weights.chance(level.frequency), SMALLEST)
            probabilities = (max(m, SMALLEST) / max(u, SMALLEST) * chance, chance)
        levels.append(said | _probabilities(probabilities))
    levels.append(
        {"sql_condition": "ELSE", "label_for_charts": "different"} | _probabilities(known.get("different"))
    )
    return {"output_column_name": comparison.field, "comparison_levels": levels}


def _probabilities(known: tuple[float, float] | None) -> dict[str, float]:
    if known is None:
        return {}
    return {"m_probability": max(known[0], SMALLEST), "u_probability": max(known[1], SMALLEST)}
