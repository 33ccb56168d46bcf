"""What can go wrong with officials' accounts. A docstring is the message."""

from dancu.errors import TranslatedError


class AccountError(TranslatedError):
    """Something is wrong with the account."""


class NoSuchOfficial(AccountError):
    """There is no official with this number."""


class NotGranted(AccountError):
    """This role is not in force today. An administrator can propose it."""


class UsernameTaken(AccountError):
    """This user name is taken. Choose another."""


class BadUsername(AccountError):
    """A user name has 2 to 40 of these: a–z, 0–9, dot, dash, underline; the first is a letter or a digit."""


class NoFullName(AccountError):
    """Enter the official's full name."""


class NoSuchRole(AccountError):
    """There is no such role."""


class NotForThisRole(AccountError):
    """This role is not given in a jurisdiction of this kind."""


class JurisdictionMissing(AccountError):
    """Say which area, station or facility the role is for."""


class EndsBeforeItBegins(AccountError):
    """The role would end before it begins."""


class AlreadyGranted(AccountError):
    """The official has this role there already."""


class OwnAccount(AccountError):
    """Nobody changes their own roles or account here. Another administrator can."""


class NeedsSecond(AccountError):
    """This takes two administrators: one proposes it, another confirms it."""


class NotTheOwner(AccountError):
    """At the command line only the owner of the database does this: use the address by which it was migrated."""


class OwnProposal(AccountError):
    """You proposed this yourself. Another administrator confirms or refuses it; you can withdraw it."""


class OnePairOfEyes(AccountError):
    """The same person is behind two of these accounts: made one of them, or gave it a new password lately. Another administrator has to decide."""


class ProposerGone(AccountError):
    """Whoever proposed this is no administrator any more. Refuse it; if it is right, propose it anew."""


class NotWaiting(AccountError):
    """This does not wait any more: it was decided, withdrawn, or a week has passed."""


class AlreadyProposed(AccountError):
    """This is proposed already and waits for another administrator."""


class NoSuchProposal(AccountError):
    """There is no proposal with this number."""


class WhyMissing(AccountError):
    """Say why: it is what the other administrator decides by, and it stays on the record."""


class NotLocked(AccountError):
    """This account is not locked."""


class HeldApart(AccountError):
    """An auditor has no other role, before or after: nobody watches over their own work. Make another person the auditor."""


class LastAdministrator(AccountError):
    """This is the last administrator. Make another one first."""


class SecondFactorsClosed(AccountError):
    """No second factor can be checked at this moment."""


class NoPassphrase(SecondFactorsClosed):
    """DANCU_KEY_PASSPHRASE is not set, so authenticators’ secrets can be neither stored nor used."""


class WrongPassphrase(SecondFactorsClosed):
    """DANCU_KEY_PASSPHRASE is not the passphrase that this authenticator’s secret was stored with, or the secret was changed or moved."""


class TooMuchRead(AccountError):
    """You have opened {0} records within an hour. Wait until the hour is over; the auditor sees that this happened."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
