"""This device: enrolled with a code, what waits on it, forgotten. The page is the same for everybody: what it
tells is the device's own, and its script fills it in.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dancu.accounts.caller import OfficialRequest
from dancu.web.access import duty


@duty("scan")
@require_safe
def page(request: OfficialRequest) -> HttpResponse:
    """The page, for any browser."""
    return render(request, "checkpoint/device.html")
