"""A list that leaves the screen says on itself whose it is, of when, and what was asked for."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.web.commune.filters import ListFilter
from dancu.web.commune.wording import ARRIVING, OUTCOMES, PERIODS, STATES
from dancu.web.shared.places import place
from dancu.web.templatetags.dancu import day, moment


def title(request: OfficialRequest, asked: ListFilter) -> str:
    """Who is coming to where."""
    acting, filters = request.acting, asked.filters
    where = (
        _name(filters.area_id) if filters.area_id else place(acting.jurisdiction_kind, acting.jurisdiction_id)
    )
    words = _("People who have left %(place)s") if filters.leaving else _("People coming to %(place)s")
    return words % {"place": where}


def made_by(request: HttpRequest) -> str:
    """Who made it and when."""
    name = getattr(request.user, "full_name", "") or str(request.user)
    return _("%(name)s, %(at)s") % {"name": name, "at": moment(timezone.now())}


def filters_in_words(asked: ListFilter) -> str:
    """What of the list was asked for."""
    filters = asked.filters
    said = [
        str(words)
        for flag, words in (
            (filters.attention, _("only people to check first")),
            (filters.overdue, _("only people overdue")),
            (filters.warned, _("only with health warnings")),
            (filters.companions, _("only with companions")),
        )
        if flag
    ]
    said += [str(STATES[state]) for state in filters.states] + [
        str(OUTCOMES[outcome]) for outcome in filters.outcomes
    ]
    if filters.other_area_id:
        words = _("to %(place)s") if filters.leaving else _("from %(place)s")
        said.append(words % {"place": _name(filters.other_area_id)})
    if filters.text:
        said.append(f"“{filters.text}”")
    return ", ".join([period_in_words(asked), *said])


def period_in_words(asked: ListFilter) -> str:
    """By news, or by days of arrival."""
    first, last = asked.filters.arrives_from, asked.filters.arrives_until
    if first and last and first != last:
        return _("arriving from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    if first or last:
        words = (
            _("arriving on %(day)s")
            if first == last
            else _("arriving on or after %(day)s")
            if first
            else _("arriving on or before %(day)s")
        )
        return words % {"day": day(first or last)}
    return str(ARRIVING.get(asked.period) or PERIODS[asked.filters.days])


def _name(area_id: int) -> str:
    area = areas.get_many([area_id]).get(area_id)
    return area.path if area else ""
