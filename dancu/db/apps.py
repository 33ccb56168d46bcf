"""Django's name for the database of this house."""

import sys
from pathlib import Path

from django.apps import AppConfig

from dancu.db.migrations import MigrationFolder


class DatabaseConfig(AppConfig):
    name = "dancu.db"

    def ready(self) -> None:
        """Migrations in SQL are found from now on, also in folders that were looked into before."""
        if MigrationFolder in sys.path_hooks:
            return
        sys.path_hooks.insert(0, MigrationFolder)
        for folder in list(sys.path_importer_cache):
            if Path(folder).name == "migrations":
                del sys.path_importer_cache[folder]
