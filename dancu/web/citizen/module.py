"""What this module brings to the house: the citizen’s pages."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, Module

MODULE = Module(
    audit_actions={
        "citizen.signed_in": AuditAction(_("Signed in as a citizen")),
        "citizen.own_record": AuditAction(_("Looked at their own record")),
    },
    urls={"": "dancu.web.citizen.urls"},
)
