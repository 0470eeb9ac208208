"""The menu of a city's office: URL name (within ``office:``) and label, in the order shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TABS = (
    ("overview", _("Overview")),
    ("partnerships", _("Partnerships")),
    ("topic_index", _("Topics")),
    ("cards", _("Offers and needs")),
    ("posts", _("Posts")),
    ("people", _("People")),
)
