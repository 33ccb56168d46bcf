"""What this module brings to the house: officials, systems, roles and what is proposed about them."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, ColumnGrants, DemoOfficial, Jurisdiction, Module, OperatorCommand, Role

MODULE = Module(
    duties={"accounts": _("manage officials’ accounts")},
    purposes={"administration": _("Administration of this system")},
    jurisdictions={
        "nation": Jurisdiction(_("Whole country"), "dancu.accounts.duties:whole_country", place=10)
    },
    roles={
        "administrator": Role(
            _("Administrator"),
            frozenset({"accounts"}),
            ("nation",),
            "administration",
            start="/office/accounts/",
            place=50,
        )
    },
    audit_actions={
        "accounts.signed_in": AuditAction(_("Signed in")),
        "accounts.signed_out": AuditAction(_("Signed out")),
        "accounts.sign_in_failed": AuditAction(_("Entered a wrong password or code at sign-in")),
        "accounts.sign_in_locked": AuditAction(_("Account locked after failed sign-in attempts")),
        "accounts.role_chosen": AuditAction(_("Chose a role to work in")),
        "accounts.password_changed": AuditAction(_("Changed their own password")),
        "accounts.second_factor_enrolled": AuditAction(_("Set up their authenticator app")),
        "accounts.official_created": AuditAction(_("Created an official’s account")),
        "accounts.official_locked": AuditAction(_("Locked an official’s account")),
        "accounts.official_unlocked": AuditAction(_("Unlocked an official’s account")),
        "accounts.tries_forgiven": AuditAction(_("Removed the lock caused by failed sign-in attempts")),
        "accounts.proposed": AuditAction(_("Proposed a change to an official’s account")),
        "accounts.proposal_confirmed": AuditAction(_("Confirmed another administrator’s proposal")),
        "accounts.proposal_refused": AuditAction(_("Refused a proposal")),
        "accounts.proposal_withdrawn": AuditAction(_("Withdrew their own proposal")),
        "accounts.proposal_expired": AuditAction(
            _("A proposal expired because nobody decided on it within a week")
        ),
        "accounts.half_shown": AuditAction(_("Saw their half of a one-time password")),
        "accounts.role_granted": AuditAction(_("Granted a role to an official")),
        "accounts.role_ended": AuditAction(_("Ended an official’s role")),
        "accounts.token_created": AuditAction(_("Gave a system access")),
        "accounts.token_stopped": AuditAction(_("Stopped a system that exceeded its daily limit")),
        "accounts.comparing_stopped": AuditAction(
            _("Stopped a system that gave wrong details about one person too often")
        ),
        "accounts.token_ended": AuditAction(_("Ended a system’s access")),
        "accounts.password_reset": AuditAction(_("Reset an official’s password")),
        "accounts.second_factor_reset": AuditAction(_("Reset an official’s authenticator app")),
    },
    commands={
        "officials": OperatorCommand(
            "dancu.accounts.commands:officials", "Officials' accounts and roles.", place=60
        )
    },
    kept_tables={
        "account_proposal": ColumnGrants(
            ("proposed_at",),
            changed=("gave_password", "known_at"),
            by_the_owner=("state", "decided_by_id", "decided_at", "answer"),
        ),
        "official_grant": ColumnGrants(("granted_at",), by_the_owner=("ended_at", "ended_by_id")),
    },
    demo_officials={
        "giang": DemoOfficial(
            "Hoàng Giang", "administrator", "nation", lambda places: places.nation(), place=60
        ),
        "khanh": DemoOfficial(
            "Vũ Kim Khánh", "administrator", "nation", lambda places: places.nation(), place=70
        ),  # confirms what giang proposes
    },
)
