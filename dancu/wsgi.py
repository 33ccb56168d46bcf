import os

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    """Read the areas now (0.3 s), so that no citizen waits for it."""
    from dancu.areas import lookups

    try:
        lookups.communes(timezone.localdate())
    except DatabaseError:  # no tables yet: the first request will tell
        return


_warm_up()
