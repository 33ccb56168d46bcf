"""What each role may do, where, and for what purpose, as the modules bring it. Every page and endpoint of an
official asks for one duty.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from dancu import modules
from dancu.modules import ANY, Role, Words

_KINDS = modules.in_order(lambda module: module.jurisdictions)
JURISDICTIONS: Mapping[str, Words] = {kind: each.name for kind, each in _KINDS.items()}


def _roles() -> dict[str, Role]:
    """Each role, with the duties that other modules give it."""
    roles = modules.in_order(lambda module: module.roles)
    for module in modules.installed().values():
        for code, duties in module.duties_of_roles.items():
            roles[code] = replace(roles[code], duties=roles[code].duties.union(duties))
    return roles


ROLES: Mapping[str, Role] = _roles()


def _by_role(of: Mapping[str, Words], taken: Callable[[Role], Collection[str]]) -> dict[str, Words]:
    """In the order of the first role that has each."""
    first = {code: nth for nth, role in reversed([*enumerate(ROLES.values())]) for code in taken(role)}
    return dict(sorted(of.items(), key=lambda each: first.get(each[0], len(ROLES))))


DUTIES: Mapping[str, Words] = _by_role(
    modules.brought(lambda module: module.duties), lambda role: role.duties
)
PURPOSES: Mapping[str, Words] = _by_role(
    modules.brought(lambda module: module.purposes), lambda role: [role.purpose]
)


def role_of(code: str) -> Role:
    """A role; of a module that is no more, one without duties."""
    return ROLES.get(code) or Role(code, frozenset(), (), "")


def place_in_words(kind: str, number: int) -> str:
    """What a place of this kind is called: an area's path, a station's name, the whole country."""
    return modules.at(_KINDS[kind].words_of)(number) if kind in _KINDS else f"{kind} {number}"


def whole_country(_number: int) -> str:
    return str(JURISDICTIONS["nation"])


def roles_with(duty: str) -> frozenset[str]:
    """The roles that have `duty`; all of them for `ANY`."""
    return frozenset(code for code, role in ROLES.items() if duty == ANY or duty in role.duties)


def apart(role: str, other: str) -> bool:
    """Whether no account may ever have both: who reads the audit reads nothing there of their own work."""
    return role != other and any(each in ROLES and ROLES[each].alone for each in (role, other))
