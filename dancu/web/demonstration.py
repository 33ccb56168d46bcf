"""Whether what a country keeps secret is shown: on a demo's own server, over a demo's own register."""

from django.conf import settings

from dancu.register import lookups as register


def shows_secrets() -> bool:
    """Asked at each page that shows one: the database may have come, or been filled, after the server
    began.
    """
    return settings.DEMO and register.is_a_demos()
