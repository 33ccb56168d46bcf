"""The levels at which fields of each kind are compared where no model is given, from the strongest to the
weakest.

A level is (name, condition, the column whose frequent values weaken it). EM learns what each is worth: a
level that tells nothing comes out near 0 bits.
"""

from dataclasses import dataclass, field

Level = tuple[str, str, str | None]


@dataclass(frozen=True)
class ComparisonDraft:
    """A comparison of a model in the making. `same`: the levels of full agreement; `near`: those of agreement
    with faults.
    """

    name: str
    missing: str
    same: list[Level]
    near: list[Level] = field(default_factory=list)

    def source(self) -> dict[str, object]:
        """The comparison as a model file has it."""
        levels = {
            name: {"when": when, "frequency": frequency} if frequency else when
            for name, when, frequency in [*self.same, *self.near]
        }
        return {"field": self.name, "missing": self.missing, "levels": levels}


def name_part(f: str, crossed_with: str | None, counts_crossing: bool) -> ComparisonDraft:
    """A given or a family name. Where the two are exchanged they count once, in the comparison with
    `counts_crossing`.
    """
    crossing = f"crossed({f}, {crossed_with})"
    missing, near = f"missing({f})", _misspelt(f, f"{f}_sound")
    if crossed_with and counts_crossing:
        near.insert(0, ("crossed", crossing, None))
    elif crossed_with:
        missing = f"missing({f}) or {crossing}"
    return ComparisonDraft(f, missing, [("same", f"same({f})", f)], near)


def _misspelt(f: str, sound: str | None) -> list[Level]:
    return [
        ("one_letter", f"distance({f}, 1) and similar({f}, 0.8)", None),
        ("much_alike", f"similar({f}, 0.92)", None),
        *([("sound", f"same({sound})", None)] if sound else []),
        ("shortened", f"begins({f}, 1) or part({f})", None),
        ("alike", f"similar({f}, 0.8)", None),
    ]


def whole_name(f: str) -> list[ComparisonDraft]:
    """A whole name in three comparisons: first word, last word, and the words between. The same words in
    another order count once.
    """
    same_words, missing = f"same({f}_words)", f"missing({f}_first)"
    first = ComparisonDraft(
        f"{f}_first",
        missing,
        [("same", f"same({f}_first)", f"{f}_first")],
        [
            ("other_order", same_words, f"{f}_last"),
            ("crossed", f"crossed({f}_first, {f}_last)", None),
            *_misspelt(f"{f}_first", f"{f}_first_sound"),
        ],
    )
    last = ComparisonDraft(
        f"{f}_last", f"missing({f}_last) or crossed({f}_first, {f}_last)",
        [("same", f"same({f}_last)", f"{f}_last")],
        [("other_order", f"part({f}_words)", None), *_misspelt(f"{f}_last", f"{f}_last_sound")],
    )  # fmt: skip
    middle = ComparisonDraft(
        f"{f}_middle",
        f"missing({f}_middle)",
        [("same", f"same({f}_middle)", f"{f}_middle")],
        [
            ("shortened", f"begins({f}_middle, 1) or part({f}_middle)", None),
            ("alike", f"similar({f}_middle, 0.85)", None),
        ],
    )
    return [first, last, middle]


def birth(f: str) -> ComparisonDraft:
    """A date of birth, or another day. An impossible date is compared by its digits."""
    return ComparisonDraft(
        f,
        f"missing({f}_year)",
        [("same", f"same({f})", f)],
        [
            ("swapped", f"same({f}_year) and crossed({f}_day, {f}_month)", None),
            ("one_digit", f"distance({f}, 1)", None),
            ("year_only", f"same({f}_year) and either({f}_vague)", None),
            ("day_and_month", f"same({f}_month, {f}_day)", None),
            ("month_or_day_wrong", f"same({f}_yearmonth) or same({f}_year, {f}_day)", None),
            ("weeks", f"within({f}_days, 31)", None),
            ("year", f"same({f}_year)", None),
            ("years", f"within({f}_year, 2)", None),
            ("generation", f"within({f}_year, 12)", None),  # what differs by more may be a parent's
        ],
    )


def of_kind(kind: str, f: str) -> ComparisonDraft:
    """A field that is neither a person's name nor a date. `kind`: of kinds.py."""
    same: list[Level] = [("same", f"same({f})", f)]
    near: list[Level] = {
        "year": [("one_off", f"within({f}, 1)", None), ("near", f"within({f}, 5)", None)],
        "amount": [("near", f"within({f}_scale, 2)", None), ("about", f"within({f}_scale, 10)", None)],
        "postcode": [
            ("one_letter", f"distance({f}, 1)", None),
            ("area", f"same({f}_area)", f"{f}_area"),
            ("two_letters", f"distance({f}, 2)", None),
        ],
        "place": [
            ("one_letter", f"distance({f}, 1)", None),
            ("alike", f"similar({f}, 0.9)", None),
            ("shortened", f"begins({f}, 3) or part({f})", None),
            ("sound", f"same({f}_sound)", None),
        ],
        "address": [
            ("one_letter", f"distance({f}, 1)", None),
            ("number_and_street", f"same({f}_number, {f}_longest)", f"{f}_longest"),
            ("most_words", f"(same({f}_number) or same({f}_longest)) and shares({f}_words, 0.6)", None),
            ("alike", f"similar({f}, 0.9)", None),
            ("number_and_words", f"same({f}_number) and (shares({f}_words, 0.3) or part({f}_words))", None),
            ("street", f"same({f}_longest)", f"{f}_longest"),
            ("number", f"same({f}_number)", f"{f}_number"),
        ],
        "words": [
            ("same_words", f"same({f}_words)", f"{f}_words"),
            ("much_alike", f"similar({f}, 0.95)", None),
            ("most_words", f"shares({f}_words, 0.65)", None),
            ("alike", f"similar({f}, 0.9) or similar({f}_words, 0.92)", None),
            ("part", f"(same({f}_first) or same({f}_longest)) and part({f}_words)", None),
            ("half", f"shares({f}_words, 0.4)", None),
            ("word", f"same({f}_longest)", f"{f}_longest"),
            ("first_word", f"same({f}_first)", f"{f}_first"),
            ("some", f"shares({f}_words, 0.2)", None),
        ],
        "identifier": [
            ("one_letter", f"distance({f}, 1)", None),
            ("two_letters", f"distance({f}, 2)", None),
            ("part", f"begins({f}, 5)", None),
        ],
        "telephone": [("one_digit", f"distance({f}, 1)", None), ("end", f"same({f}_end)", None)],
        "email": [
            ("user", f"same({f}_user)", f"{f}_user"),
            ("one_letter", f"distance({f}, 2)", None),
            ("letters", f"same({f}_letters)", None),
            ("alike", f"similar({f}_user, 0.88)", None),
        ],
        "sex": [],
        "category": [
            ("one_letter", f"distance({f}, 1) and similar({f}, 0.8)", None),
            ("alike", f"similar({f}, 0.9)", None),
            ("shortened", f"begins({f}, 2) or part({f})", None),
        ],
    }[kind]
    return ComparisonDraft(
        f, f"missing({f})", same if kind not in ("sex", "year") else [("same", f"same({f})", None)], near
    )


def together(parts: list[ComparisonDraft]) -> ComparisonDraft:
    """One comparison of fields that mostly follow from each other, such as postcode and town, from the finest
    to the coarsest. Compared separately they would count one agreement twice.
    """
    fine, *coarser = parts
    next_one = coarser[0]
    same_next = next_one.same[0][1]
    levels: list[Level] = [
        (f"{fine.name}_and_{next_one.name}", f"{fine.same[0][1]} and {same_next}", fine.same[0][2])
    ]
    levels += [(fine.name, *fine.same[0][1:])]
    levels += [
        (f"{fine.name}_{name}_and_{next_one.name}", f"({when}) and {same_next}", frequency)
        for name, when, frequency in fine.near
    ]
    levels += [(next_one.name, *next_one.same[0][1:])]
    for part in (fine, next_one):
        levels += [(f"{part.name}_{name}", when, frequency) for name, when, frequency in part.near]
    for part in coarser[1:]:
        levels += [(part.name, *part.same[0][1:])]
        levels += [(f"{part.name}_{name}", when, frequency) for name, when, frequency in part.near[:2]]
    return ComparisonDraft(
        "_".join(part.name for part in parts), " and ".join(f"({part.missing})" for part in parts), levels
    )
