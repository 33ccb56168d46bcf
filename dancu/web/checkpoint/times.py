"""How long ago something was, as one says it at a counter."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def ago(then: dt.datetime) -> str:
    """How long ago, in one unit: "3 minutes ago"."""
    minutes = int((timezone.now() - then).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 120:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        return _("%(count)d hours ago") % {"count": minutes // 60}
    return _("%(count)d days ago") % {"count": minutes // (24 * 60)}
