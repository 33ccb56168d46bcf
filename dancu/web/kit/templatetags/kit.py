"""{% load kit %}: {% for value in row|cells:paper %}"""

from typing import Any

from django import template

from dancu.web.kit.paper import ListOnPaper

register = template.Library()


@register.filter
def cells(row: Any, paper: ListOnPaper) -> list[Any]:
    """What stands in a line on paper."""
    return paper.cells(row)
