"""What speaks against itself in a rule: lines of the same condition with another answer, and lines that are
never reached. It is looked for where a version is drafted and signed; what was signed before counts on.
"""

from django.utils.translation import gettext as _

from dancu.rules.conditions import Both, Node, facts_of
from dancu.rules.errors import BadRule
from dancu.rules.rule import TRY_NEXT, Clause, Rule


def check(rule: Rule) -> None:
    """Raises BadRule with the first line that contradicts one above it, or is never reached."""
    for number, clause in enumerate(rule.clauses):
        for above, earlier in enumerate(rule.clauses[:number]):
            if problem := _against(earlier, clause, above + 1):
                raise BadRule(f"clauses[{number}].when", problem)


def _against(earlier: Clause, later: Clause, number: int) -> str:
    """What is wrong with the later one: wherever all holds that the earlier asks, that one has answered."""
    asked, asks = _parts(earlier.when), _parts(later.when)
    if not all(part in asks for part in asked):
        return ""
    if len(asked) == len(asks) and earlier.then != later.then:
        words = _("it asks the same as line %(number)d, and answers otherwise")
    elif later.unknown != TRY_NEXT and any(fact.may_be_missing for fact in facts_of(earlier.when).values()):
        return ""  # it still answers where nobody knows what the earlier asks
    else:
        words = _("it is never reached: line %(number)d has answered wherever this holds")
    return words % {"number": number}


def _parts(when: Node) -> list[Node]:
    """The conditions that must all hold, each once."""
    if not isinstance(when, Both):
        return [when]
    found: list[Node] = []
    for part in when.parts:
        found += [each for each in _parts(part) if each not in found]
    return found
