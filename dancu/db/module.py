"""What this module brings to the house: the database."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import BackgroundJob, Module, OperatorCommand

MODULE = Module(
    commands={
        "db": OperatorCommand(
            "dancu.db.commands:db", "The database: migrate, create partitions, back up, open psql.", place=30
        )
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
    },
)
