"""{% load commune %}: {{ phone|phone_in_groups }}  {{ notes|at:declaration_id }}"""

from collections.abc import Mapping
from typing import Any

from django import template

from dancu.web.commune.rows import phone_in_groups

register = template.Library()
register.filter(phone_in_groups)


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """What stands there under a key, None for nothing."""
    return values.get(key)
