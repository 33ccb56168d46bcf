"""What other systems call."""

from django.http import HttpResponse

from dancu.accounts.caller import OfficialRequest
from dancu.api.access import token_with
from dancu.api.answers import answer

from . import lookups


@token_with("example")
def count(request: OfficialRequest) -> HttpResponse:
    """How many notes there are of people in the jurisdiction of the token's account."""
    return answer({"notes": lookups.count(request.acting)})
