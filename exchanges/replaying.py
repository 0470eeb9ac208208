"""What the ledger does again with links to applications after a backup was restored."""

from __future__ import annotations

from django.utils import timezone

from privacy import ledger

from .models import WorkLink


def end_link(line: ledger.Line) -> bool:
    """A link that was ended, or whose draft was deleted, opens nothing again."""
    still_open = WorkLink.objects.filter(public_id=line["id"], ended_at__isnull=True)
    return bool(still_open.update(ended_at=timezone.now()))


ledger.register("exchanges.link_ended", end_link)
