"""Lines on their way to the ledger."""

from __future__ import annotations

import json

from django.db import models
from django.utils import timezone


class LedgerLine(models.Model):
    """One line that must reach the ledger's file; the row goes once it stands there."""

    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "ledger line"
        ordering = ["pk"]

    def __str__(self) -> str:
        return json.dumps({"at": self.at.isoformat(), "what": self.what, **self.facts})
