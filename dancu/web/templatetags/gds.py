"""The tags of crispy-forms-gds; a link back stands in a landmark of its own, so that nothing on a page is
outside of all.
"""

from crispy_forms_gds.templatetags import crispy_forms_gds
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()
register.tags |= crispy_forms_gds.register.tags
register.filters |= crispy_forms_gds.register.filters


@register.simple_tag
def back_link(url: str, title: str | None = None) -> SafeString:
    """To the page before: {% back_link url %}, or {% back_link url words %}."""
    words = title or _("Back")
    return format_html(
        '<nav aria-label="{}"><a href="{}" class="govuk-back-link">{}</a></nav>', _("Back"), url, words
    )
