"""What this module brings to the house: sums kept as things happen."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dancu.modules import BackgroundJob, Metric, Module, OperatorCommand

MODULE = Module(
    commands={
        "rollups": OperatorCommand(
            "dancu.rollups.commands:rollups",
            "Sums kept as things happen: how old they are, counting anew.",
            place=55,
        )
    },
    metrics={
        "dancu_rollup_changes_waiting": Metric(
            "Changes that are not added to the statistics yet, counted to 100000.",
            "dancu.rollups.metrics:waiting",
            ("rollup",),
        ),
        "dancu_rollup_cells_differed": Metric(
            "Cells of the statistics that the last recount found wrong, and corrected.",
            "dancu.rollups.metrics:differed",
            ("rollup",),
        ),
        "dancu_rollup_recounted_timestamp_seconds": Metric(
            "When the statistics were last counted anew.", "dancu.rollups.metrics:recounted", ("rollup",)
        ),
    },
    jobs={
        "rollups": BackgroundJob(
            "dancu.rollups.actions:fold_all",
            _("Add recent changes to the statistics"),
            every=timedelta(seconds=10),
            waiting="dancu.rollups.lookups:waiting",
            place=30,
        )
    },
)
