"""Administrative units for forms everywhere: open to all, since there is nothing about anyone in them."""

from datetime import date

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dancu.areas import lookups

LONGEST = 100  # letters; the longest path of a commune has 67


@require_safe
def suggest_communes(request: HttpRequest) -> JsonResponse:
    """Type-ahead: the communes someone may mean who has typed `q`, of the day `on` (ISO; else today).

    Answers `[{"id", "label", "note"}]`, best first, ten at most; 400 with `field` and `message` where `q` or
    `on` is wrong.
    """
    text, day = request.GET.get("q", ""), request.GET.get("on", "")
    if len(text) > LONGEST:
        return _wrong("q", _("Enter %(longest)d letters or fewer.") % {"longest": LONGEST})
    try:
        on = date.fromisoformat(day) if day else timezone.localdate()
    except ValueError:
        return _wrong("on", _("Enter a date like 2025-07-01."))
    found = lookups.suggest(text, on)
    answer = [{"id": each.area.area_id, "label": each.label, "note": each.note} for each in found]
    response = JsonResponse(answer, safe=False)
    patch_cache_control(response, public=True, max_age=3600)
    response["Vary"] = "Accept-Language, Cookie"  # the notes are in the reader's language
    return response


def _wrong(field: str, message: str) -> JsonResponse:
    return JsonResponse({"field": field, "message": message}, status=400)
