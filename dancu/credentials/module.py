"""What this module brings to the house: keys, and what they sign."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, BundlePart, Module, OperatorCommand

MODULE = Module(
    audit_actions={
        "signing_key_created": AuditAction(_("Created a new signing key")),
        "signing_key_retired": AuditAction(_("Retired a signing key")),
        "passphrase_changed": AuditAction(
            _("Changed the passphrase that protects signing keys and second factors")
        ),
    },
    commands={
        "keys": OperatorCommand("dancu.credentials.commands:keys", "The keys that sign passes.", place=70)
    },
    bundle={"keys": BundlePart("dancu.credentials.lookups:keys_by_id")},
    credentials={"certificate": timedelta(days=731)},
)
