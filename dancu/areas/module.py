"""What this module brings to the house: administrative units through time."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import Jurisdiction, Module, OperatorCommand

MODULE = Module(
    jurisdictions={"area": Jurisdiction(_("Area"), "dancu.areas.lookups:area_in_words", place=20)},
    commands={
        "areas": OperatorCommand("dancu.areas.commands:areas", "Administrative units through time.", place=40)
    },
)
