"""What this module brings to the house: the database."""

from dancu.modules import Module, OperatorCommand

MODULE = Module(
    commands={
        "db": OperatorCommand(
            "dancu.db.commands:db", "The database: migrate, create partitions, back up, open psql.", place=30
        )
    },
)
