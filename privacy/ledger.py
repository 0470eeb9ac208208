"""The ledger: what a backup made earlier must not bring back.

A backup knows nothing of links revoked and people erased after it. Each of these is one JSON
line in a file beside the backups (``BACKUP_DIR``): time, what happened, ids and version numbers,
nothing personal. ``manage.py restore`` reads the lines younger than the backup and does it again.

A line is first a row, written in the transaction of its cause; after the commit it goes to the
end of the file, and then the row goes. What the disk refuses waits as a row; beat tries again
every minute, and ``/readyz`` says so. A crash in between writes a line twice, which does no harm.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .models import LedgerLine

Line = dict[str, Any]
#: Does again what a line says; returns whether there was something to do.
Replay = Callable[[Line], bool]

CHUNK = 500
PATIENCE = dt.timedelta(minutes=1)
_LINE = re.compile(r'\{"at": [^{}]*\}')
_replays: dict[str, Replay] = {}


def register(what: str, replay: Replay) -> None:
    """Say how a line ``app.what`` is done again on a restored database; twice must do no harm."""
    _replays[what] = replay


def path() -> Path:
    return Path(settings.BACKUP_DIR) / "ledger.jsonl"


def note(what: str, **facts: int | str | bool) -> None:
    """Write one line in the caller's transaction; ``facts`` are ids and version numbers."""
    note_all(what, [facts])


def note_all(what: str, things: Iterable[Line]) -> None:
    """Write a line for each of ``things``; raises ``LookupError`` for an unregistered ``what``."""
    if what not in _replays:
        raise LookupError(f"nobody knows how to do {what!r} again")
    LedgerLine.objects.bulk_create(
        (LedgerLine(what=what, facts=facts) for facts in things), batch_size=CHUNK
    )
    transaction.on_commit(flush, robust=True)


def flush() -> None:
    """Move waiting lines to the end of the file and wait for the disk; raises ``OSError``."""
    while waiting := list(LedgerLine.objects.all()[:CHUNK]):
        append(str(line) for line in waiting)
        LedgerLine.objects.filter(pk__in=[line.pk for line in waiting]).delete()


def append(lines: Iterable[str]) -> None:
    """Add lines to the file, each in one write, so that processes cannot mix them."""
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        for line in lines:
            text = f"{line}\n".encode()
            if os.write(file, text) < len(text):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path()))
        os.fsync(file)
    finally:
        os.close(file)


def overdue() -> int:
    """How many lines have waited for the file for more than a minute."""
    return LedgerLine.objects.filter(at__lt=timezone.now() - PATIENCE).count()


def read(file: Path) -> list[Line]:
    """All whole lines of a ledger; half of one, from a full disk, is passed over."""
    return [json.loads(found) for found in _LINE.findall(file.read_text(encoding="utf-8"))]


def replay(lines: Iterable[Line], *, since: dt.datetime) -> tuple[Counter[str], list[str]]:
    """Do again what happened after ``since``; returns how often what, and what failed."""
    done: Counter[str] = Counter()
    failed = []
    for line in lines:
        if dt.datetime.fromisoformat(line["at"]) < since:
            continue
        try:
            with transaction.atomic():
                done[line["what"]] += _replays[line["what"]](line)
        except Exception as error:
            failed.append(f"{line}: {error!r}")
    return +done, failed
