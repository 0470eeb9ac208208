"""The accounts of the demo programme, for the page that signs in."""

from __future__ import annotations

from django import template

from ..demo import LOGINS
from ..demo.people import Login

register = template.Library()


@register.simple_tag
def demo_logins() -> tuple[Login, ...]:
    return LOGINS
