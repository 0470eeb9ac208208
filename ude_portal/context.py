"""What every page knows: the operator, the mode, the menu's pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    return {"OPERATOR": settings.OPERATOR, "DEMO": settings.DEMO}
