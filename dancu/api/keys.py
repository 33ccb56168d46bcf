"""The keys that anyone may verify our credentials with."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from dancu.credentials import lookups


@require_safe
@conditional_page
@cache_control(public=True, max_age=60, stale_if_error=86_400)
def published_keys(request: HttpRequest) -> HttpResponse:
    """The JWK set. A cache keeps it for a minute, so that a rotated key soon reaches every device."""
    answer = JsonResponse(lookups.published_keys(), content_type="application/jwk-set+json")
    answer["Access-Control-Allow-Origin"] = "*"  # public by nature: another country's page may verify too
    return answer
