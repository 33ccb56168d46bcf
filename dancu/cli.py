"""`dancu …`: every operator's task is a command here, each with `--help`."""

import os

import click

from dancu.db import embedded


@click.group()
def dancu() -> None:
    """The national population platform."""


def main() -> None:
    """Start the embedded database where none is named, set Django up, and run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
    embedded.start()
    import django

    django.setup()
    dancu()
