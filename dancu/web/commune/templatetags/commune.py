"""{% load commune %}: {{ phone|phone_in_groups }}"""

from django import template

from dancu.web.commune.rows import phone_in_groups

register = template.Library()
register.filter(phone_in_groups)
