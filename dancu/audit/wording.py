"""How each action is told, on the auditor's page and on the citizen's own.

A test finds every action that the code records and asks for its words here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What a citizen is told first: done seldom, and telling much.
RARE = frozenset({
    "register.number_shown", "register.number_asked", "register.correction", "register.merge", "register.merge_undone", "arrivals.number_shown",
    "arrivals.export", "corrections.export", "movements.view", "movements.all", "register.death", "register.new_number",
})  # fmt: skip

# Done for a reason that stands in the entry's detail, and that a citizen is told.
FOR_A_REASON = ("movements.all",)

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
    "accounts.token_stopped": _("Stopped a system that asked for more than a day allows"),
    "accounts.token_ended": _("Ended a system's access"),
    "accounts.password_reset": _("Reset an official's password"),
    "accounts.second_factor_reset": _("Reset an official's authenticator"),
    "audit.read": _("Read the audit"),
    "register.identify": _("Asked who holds the number"),
    "register.alike": _("Saw the record among those whom a traveller without a number may be"),
    "register.match_file": _("Compared a file with the register"),
    "register.dedupe": _("Looked for people who stand in the register twice"),
    "register.statistics": _("Read the statistics of the population"),
    "register.search": _("Found the record in a search"),
    "register.view": _("Opened the record"),
    "register.view_refused": _("Was refused the record"),
    "register.view_relative": _("Saw the name in the record of a relative"),
    "register.reading_stopped": _("Was stopped after opening more records in an hour than a desk needs"),
    "register.number_asked": _("Entered the number as another one's, and was told whether it is free"),
    "register.known_of": _("Was told that a record like the one they entered exists, without seeing it"),
    "register.number_shown": _("Had the number shown in full"),
    "register.entry": _("Entered the record in the register"),
    "register.correction": _("Corrected the record"),
    "register.birth": _("Recorded a birth and gave the child a personal number"),
    "register.child_birth": _("Recorded the birth of a child"),
    "register.move": _("Recorded a change of residence"),
    "register.split": _("Recorded that a household was divided"),
    "register.head": _("Recorded a new head of the household"),
    "register.marriage": _("Recorded a marriage"),
    "register.divorce": _("Recorded a divorce"),
    "register.death": _("Recorded a death"),
    "register.spouse_death": _("Recorded the death of the husband or wife"),
    "register.spouse_return": _("Recorded the return of the husband or wife"),
    "register.undone": _("Undid an event that had been recorded"),
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
    "declaration.identified": _("Found out whose declaration of travel it was"),
    "declaration.parted": _("Took back whose declaration of travel it was"),
    "pass.examined": _("Examined the pass at a checkpoint"),
    "pass.slip": _("Printed or showed the slip with the pass"),
    "pass.revoked": _("Revoked the pass"),
    "crossing.through": _("Let the person pass a checkpoint"),
    "crossing.secondary": _("Sent the person to a second examination at a checkpoint"),
    "crossing.back": _("Turned the person back at a checkpoint"),
    "crossing.released": _("Ended the person's waiting at a checkpoint"),
    "crossing.retracted": _("Took back a decision at a checkpoint that was recorded by mistake"),
    "crossings.held_list": _("Saw the list of people being held at a checkpoint"),
    "crossings.own_list": _("Saw the crossings that they had recorded themselves"),
    "incident.reported": _("Reported a code at a checkpoint that is no pass"),
    "incident.ended": _("Ended the waiting of somebody with a forged code at a checkpoint"),
    "incident.list": _("Saw the list of incidents at a checkpoint"),
    "incident.picture": _("Saw the picture of an incident at a checkpoint"),
    "arrivals.list": _("Saw the declaration of travel in a list of arrivals"),
    "arrivals.view": _("Opened the declaration of travel of an arrival"),
    "arrivals.number_shown": _("Had the number on the declaration of travel shown in full"),
    "arrivals.export": _("Saved a list of arrivals as a file"),
    "arrival.met": _("Noted that the person was met on arrival"),
    "arrival.met_undone": _("Took back the note that the person was met on arrival"),
    "arrival.noted": _("Wrote a note on the arrival"),
    "movements.view": _("Saw where the person had travelled"),
    "movements.all": _("Asked to see all journeys of the person, also those to and from elsewhere"),
    "movements.refused": _("Was refused to see where the person had travelled"),
    "citizen.signed_in": _("Signed in as a citizen"),
    "citizen.own_record": _("Looked at their own record"),
    "signing_key_created": _("Made a new signing key"),
    "signing_key_retired": _("Retired a signing key"),
}


def words(action: str) -> str | Promise:
    """The action in the reader's language; its code where it has no words yet."""
    return ACTIONS.get(action, action)
