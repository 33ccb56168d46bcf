"""How each action is told, on the auditor's page and on the citizen's own.

A test finds every action that the code records and asks for its words here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "accounts.signed_in": _("Signed in"),
    "accounts.signed_out": _("Signed out"),
    "accounts.sign_in_failed": _("Wrong password or code at sign-in"),
    "accounts.sign_in_locked": _("Account locked after wrong tries at sign-in"),
    "accounts.role_chosen": _("Chose a role to work in"),
    "accounts.password_changed": _("Changed their own password"),
    "accounts.second_factor_enrolled": _("Set up their authenticator"),
    "accounts.official_created": _("Made an official's account"),
    "accounts.official_locked": _("Locked an official's account"),
    "accounts.official_unlocked": _("Unlocked an official's account"),
    "accounts.role_granted": _("Granted a role to an official"),
    "accounts.role_ended": _("Ended an official's role"),
    "accounts.token_created": _("Gave a system access"),
    "accounts.token_ended": _("Ended a system's access"),
    "accounts.password_reset": _("Reset an official's password"),
    "accounts.second_factor_reset": _("Reset an official's authenticator"),
    "audit.read": _("Read the audit"),
    "register.identify": _("Asked who holds the number"),
    "register.match_file": _("Compared a file with the register"),
    "register.statistics": _("Read the statistics of the population"),
    "register.search": _("Found the record in a search"),
    "register.view": _("Opened the record"),
    "register.view_refused": _("Was refused the record"),
    "register.view_relative": _("Saw the name in the record of a relative"),
    "register.number_shown": _("Had the number shown in full"),
    "register.entry": _("Entered the record in the register"),
    "register.correction": _("Corrected the record"),
    "register.move": _("Recorded a change of residence"),
    "register.death": _("Recorded a death"),
    "register.missing": _("Recorded a missing person"),
    "register.return": _("Recorded the return of a person held missing or dead"),
    "register.new_number": _("Replaced the personal number"),
    "register.merge": _("Merged the record with another one of the same person"),
    "register.merge_undone": _("Parted the record again from one it had been merged with"),
    "review.case": _("Saw the record beside a doubtful one, to decide whether it is the same person"),
    "review.decided": _("Decided whether a doubtful record is this person's"),
    "review.undone": _("Took back a decision on a doubtful record"),
    "corrections.listed": _("Listed a record that disagrees with the register"),
    "corrections.list": _("Saw the record in a list of records that disagree with the register"),
    "corrections.signed": _("Verified a record that disagreed with the register"),
    "corrections.updated": _("Updated a record after it was verified"),
    "corrections.reopened": _("Sent a verified record back to be verified again"),
    "corrections.export": _("Saved a list of records that disagree with the register as a file"),
    "declaration.keyed_in": _("Keyed in a declaration of travel"),
    "declaration.compared": _("Compared a declaration of travel with the register"),
    "pass.examined": _("Examined the pass at a checkpoint"),
    "pass.slip": _("Printed or showed the slip with the pass"),
    "pass.revoked": _("Revoked the pass"),
    "crossing.through": _("Let the person pass a checkpoint"),
    "crossing.secondary": _("Sent the person to a second examination at a checkpoint"),
    "crossing.back": _("Turned the person back at a checkpoint"),
    "crossings.own_list": _("Saw the crossings that they had recorded themselves"),
    "arrivals.list": _("Saw the declaration of travel in a list of arrivals"),
    "arrivals.view": _("Opened the declaration of travel of an arrival"),
    "arrivals.export": _("Saved a list of arrivals as a file"),
    "arrival.met": _("Noted that the person was met on arrival"),
    "arrival.met_undone": _("Took back the note that the person was met on arrival"),
    "arrival.noted": _("Wrote a note on the arrival"),
    "movements.view": _("Saw where the person had travelled"),
    "movements.refused": _("Was refused to see where the person had travelled"),
    "citizen.signed_in": _("Signed in as a citizen"),
    "citizen.own_record": _("Looked at their own record"),
    "signing_key_created": _("Made a new signing key"),
    "signing_key_retired": _("Retired a signing key"),
}


def words(action: str) -> str | Promise:
    """The action in the reader's language; its code where it has no words yet."""
    return ACTIONS.get(action, action)
