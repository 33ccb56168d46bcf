"""{% load commune %}: {{ phone|shown_phone }}  {{ notes|at:declaration_id }}"""

from collections.abc import Mapping
from typing import Any

from django import template

from dancu.values.phones import shown_phone

register = template.Library()
register.filter(shown_phone)


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """What stands there under a key, None for nothing."""
    return values.get(key)
