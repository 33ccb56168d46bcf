"""One installation of dancu: its database, its secrets, and Django on top of them."""

import os
import secrets
from pathlib import Path

from dancu.db import embedded

NAMES = ("DANCU_SECRET_KEY", "DANCU_KEY_PASSPHRASE")


def set_up() -> None:
    """Start the embedded database where none is named, read the secrets, and set Django up. Raises
    embedded.NoPlace.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
    embedded.start()
    load_secrets(embedded.HOME)
    import django

    django.setup()


def load_secrets(home: Path) -> None:
    """Put into the environment whatever it lacks, from `home`/secrets.env, made with mode 600 where it is
    missing.
    """
    if all(os.environ.get(name) for name in NAMES):
        return
    file = home / "secrets.env"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        made = "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in NAMES)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(made)
    for line in file.read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)
