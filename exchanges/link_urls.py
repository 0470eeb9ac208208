"""Where a partner city works by link. No language prefix: the recipient's language decides."""

from __future__ import annotations

from django.urls import path

from . import door
from .routes import link_urls
from .urls import ROOMS

app_name = "exchange_link"
urlpatterns = [
    path("<token:token>/", door.open_link, name="open"),
    *(pattern for room in ROOMS for pattern in link_urls(room.ROUTES)),
    # Mail programs break long links; what is left of one still finds the friendly page.
    path("<path:rest>/", door.broken_link, name="broken"),
]
