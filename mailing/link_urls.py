"""How ids and tokens of personal links stand in addresses: ``<public_id:…>``, ``<token:…>``.

Importing this module makes both known to Django.
"""

from __future__ import annotations

from django.urls import register_converter


class PublicIdConverter:
    """128 random bits as 22 characters (``links.new_public_id``)."""

    regex = r"[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TokenConverter(PublicIdConverter):
    """Public id, dot, tag (``links.LinkFamily.token``)."""

    regex = r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22}"


register_converter(PublicIdConverter, "public_id")
register_converter(TokenConverter, "token")
