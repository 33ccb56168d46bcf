"""What can go wrong with officials' accounts. A docstring is the message."""

from dancu.errors import TranslatedError


class AccountError(TranslatedError):
    """There is a problem with the account."""


class NoSuchOfficial(AccountError):
    """There is no official with this number."""


class NotGranted(AccountError):
    """This role is not in force today. An administrator can propose it."""


class UsernameTaken(AccountError):
    """This username is taken. Choose another."""


class BadUsername(AccountError):
    """A username has 2 to 40 characters: a to z, 0 to 9, full stop, hyphen or underscore. It begins with a letter or a digit."""


class NoFullName(AccountError):
    """Enter the official’s full name."""


class NoSuchRole(AccountError):
    """There is no such role."""


class NotForThisRole(AccountError):
    """This role cannot be given for this kind of place."""


class JurisdictionMissing(AccountError):
    """Choose which area, checkpoint or facility the role is for."""


class EndsBeforeItBegins(AccountError):
    """The role would end before it begins. Check the days."""


class AlreadyGranted(AccountError):
    """The official already has this role there."""


class OwnAccount(AccountError):
    """You cannot change your own roles or account. Ask another administrator."""


class NeedsSecond(AccountError):
    """This needs two administrators: one to propose it and another to confirm it."""


class NotTheOwner(AccountError):
    """On the command line, only the owner of the database can do this. Use the address it was migrated with."""


class OwnProposal(AccountError):
    """You proposed this yourself. Another administrator must confirm or refuse it. You can withdraw it."""


class OnePairOfEyes(AccountError):
    """The same person is behind two of these accounts: they created one of them, or recently gave it a new password. Another administrator must decide."""


class ProposerGone(AccountError):
    """The person who proposed this is no longer an administrator. Refuse it. If it is right, propose it again."""


class NotWaiting(AccountError):
    """This proposal is no longer waiting. It was decided or withdrawn, or a week has passed."""


class AlreadyProposed(AccountError):
    """This has already been proposed and is waiting for another administrator."""


class NoSuchProposal(AccountError):
    """There is no proposal with this number."""


class WhyMissing(AccountError):
    """Enter a reason. The other administrator decides by it, and it is kept."""


class NotLocked(AccountError):
    """This account is not locked."""


class HeldApart(AccountError):
    """An auditor can have no other role, before or after, because nobody may oversee their own work. Make someone else the auditor."""


class LastAdministrator(AccountError):
    """This is the last administrator. Appoint another one first."""


class SecondFactorsClosed(AccountError):
    """Second factors cannot be checked at the moment."""


class NoSealingPassphrase(SecondFactorsClosed):
    """DANCU_KEY_PASSPHRASE is not set, so the secrets of authenticator apps can be neither stored nor used."""


class WrongSealingPassphrase(SecondFactorsClosed):
    """DANCU_KEY_PASSPHRASE is not the passphrase with which the secret of this authenticator app was stored, or the secret was changed or moved."""


class TooMuchRead(AccountError):
    """You have opened {0} records within an hour. Wait until the hour is over. The auditor can see that this happened."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
