"""How each action is told, on the auditor's page and on the citizen's own, as the module that
records it says.

A test finds every action that the code records and asks for its words.
"""

from collections.abc import Mapping

from dancu import modules
from dancu.modules import AuditAction, Words

ACTIONS: Mapping[str, AuditAction] = modules.brought(lambda module: module.audit_actions)
RARE = frozenset(code for code, action in ACTIONS.items() if action.rare)
FOR_A_REASON = tuple(code for code, action in ACTIONS.items() if action.for_a_reason)


def words(action: str) -> Words:
    """The action in the reader's language; its code where it has no words yet."""
    return ACTIONS[action].words if action in ACTIONS else action
