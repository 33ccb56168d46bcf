import ast
from pathlib import Path

from dancu import modules
from dancu.audit.wording import ACTIONS, words

DANCU = Path(__file__).resolve().parents[1] / "dancu"
FOLDERS = [DANCU, *map(modules.folder, modules.others())]
RECORDERS = {"record": 1, "record_citizen": 1, "record_system": 0, "_record": 1}


def recorded_actions() -> dict[str, str]:
    """Every action that the code records by a literal, and where."""
    found = {}
    for file in (file for folder in FOLDERS for file in folder.rglob("*.py")):
        if {"tests", "testing"}.intersection(file.parts):
            continue
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and (place := RECORDERS.get(_called(call))) is not None:
                given = [k.value for k in call.keywords if k.arg == "action"] + call.args[place : place + 1]
                for literal in (n for value in given for n in ast.walk(value) if isinstance(n, ast.Constant)):
                    found[str(literal.value)] = f"{file}:{call.lineno}"
    return found


def _has_words(action: str) -> bool:
    """`f"register.{kind}"` is seen here as "register.": its words are those of the module's kinds."""
    return action in ACTIONS or (action.endswith(".") and any(known.startswith(action) for known in ACTIONS))


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_every_action_in_the_code_has_words_that_a_citizen_can_read():
    missing = {action: where for action, where in recorded_actions().items() if not _has_words(action)}
    assert not missing, f"add an AuditAction for these in the module.py of the room: {missing}"


def test_the_search_for_actions_finds_those_of_signing_in():
    assert {
        "accounts.signed_in",
        "accounts.sign_in_failed",
        "accounts.sign_in_locked",
        "accounts.role_granted",
    } <= recorded_actions().keys()


def test_an_action_without_words_shows_its_code():
    assert words("never_heard_of") == "never_heard_of"
