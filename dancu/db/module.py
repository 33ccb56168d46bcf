"""What this module brings to the house: the database."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, BackgroundJob, Metric, Module, OperatorCommand

MODULE = Module(
    audit_actions={"db.let_go": AuditAction(_("Let go of a month that is kept no more"))},
    commands={
        "db": OperatorCommand(
            "dancu.db.commands:db", "The database: migrate, create partitions, back up, open psql.", place=30
        )
    },
    metrics={
        "dancu_database_connections": Metric(
            "Connections to the database, by state.", "dancu.db.metrics:connections", ("state",)
        ),
        "dancu_database_connections_allowed": Metric(
            "Connections that the server takes.", "dancu.db.metrics:allowed"
        ),
        "dancu_months_ahead": Metric(
            "Months after this one that a table kept in months has a part for.",
            "dancu.db.metrics:months_ahead",
            ("table",),
        ),
        "dancu_months_past_keeping": Metric(
            "Months that are kept no more and still there.",
            "dancu.db.metrics:months_past_keeping",
            ("table",),
        ),
    },
    jobs={
        "tidy": BackgroundJob(
            "dancu.db.tidying:tidy",
            _("Remove ended sessions, what was typed and not sent, old messages and codes"),
            when="7 * * * *",
            place=40,
        ),
        "partitions": BackgroundJob(
            "dancu.db.partitions:make_year_ahead",
            _("Make the tables of the months ahead"),
            when="20 3 * * *",
            place=60,
        ),
        "months": BackgroundJob(
            "dancu.db.retention:let_go_of_months",
            _("Remove the months that are kept no more"),
            when="40 3 * * *",
            place=65,
        ),
    },
)
