"""What the journal says, by verb."""

from __future__ import annotations

from typing import Any

SENTENCES: dict[str, Any] = {}
