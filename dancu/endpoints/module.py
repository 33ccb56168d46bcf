"""What this module brings to the house: the convention of endpoints."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import BackgroundJob, Module

MODULE = Module(
    jobs={
        "repeated_requests": BackgroundJob(
            "dancu.endpoints.repeats:forget",
            _("Forget the answers to programs’ requests of the day before"),
            when="25 * * * *",
            place=80,
        )
    }
)
