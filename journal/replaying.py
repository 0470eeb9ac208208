"""What the ledger does again with deleted rows after a backup was restored."""

from __future__ import annotations

from privacy import ledger

from .deletions import DELETED, delete_again

ledger.register(DELETED, delete_again)
