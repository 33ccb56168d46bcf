"""How a copy holds what it tells, in SQL of DuckDB: smaller, and quicker to read.

Numbers and telephones are integers: digits follow a 1, which keeps their zeros; whatever else a column holds
is a negative number made of it, and stands as text beside. A name stands in three columns, its first word,
its last, and those between: of each there are few.
"""

NUMBERS = ("pin", "cmnd", "phone")  # beside each stands odd_…
WORDS = ("name_first", "name_middle", "name_last")


def encoded(relation: str) -> str:
    """The query of people (copying.COLUMNS) as a copy holds them."""
    numbers = ", ".join(
        f"{code_of(name)} AS {name}, {odd(code_of(name), name)} AS odd_{name}" for name in NUMBERS
    )
    words = "string_split(full_name, ' ')"
    name = (
        f"{words}[1] AS name_first, CASE WHEN len({words}) > 2 THEN array_to_string({words}[2:-2], ' ') END "
        f"AS name_middle, "
        f"CASE WHEN len({words}) > 1 THEN {words}[-1] END AS name_last"
    )
    return f"SELECT * EXCLUDE (full_name, {', '.join(NUMBERS)}), {numbers}, {name} FROM {relation}"


NAME = f"concat_ws(' ', {', '.join(WORDS)})"
"""The SQL of `full_name`."""


def code_of(text: str) -> str:
    """The SQL of the integer for an expression of text."""
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,17}}') THEN ('1' || {text})::BIGINT "
        f"ELSE -(md5_number_lower({text}) // 2)::BIGINT END"
    )


def odd(code: str, text: str) -> str:
    """The SQL of what stands beside: the text where the integer does not tell it."""
    return f"CASE WHEN {code} < 0 THEN {text} END"


def text_of(code: str, odd: str) -> str:
    """The SQL of the text."""
    return f"CASE WHEN {code} > 0 THEN substr({code}::VARCHAR, 2) ELSE {odd} END"
