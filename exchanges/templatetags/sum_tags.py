"""Sums in templates."""

from __future__ import annotations

from django import template

from ..sums import euros

register = template.Library()
register.filter("euros", euros)
