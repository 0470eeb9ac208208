"""What the journal says, by verb."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {"exchanges.copied": _("Copy for internal sign-off taken")}
