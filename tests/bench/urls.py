"""The portal's addresses and the one of page b."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns

from ude_portal import access
from ude_portal.urls import handler400, handler403, handler404, handler500
from ude_portal.urls import urlpatterns as portal

from . import floor

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

access.ACCESS["bench_floor"] = access.Rule.PUBLIC
urlpatterns = [*i18n_patterns(*floor.urlpatterns, prefix_default_language=False), *portal]
