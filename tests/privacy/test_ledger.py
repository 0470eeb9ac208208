"""The ledger: every line arrives once its cause is committed, whatever the disk says."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from privacy import ledger
from privacy.models import LedgerLine
from privacy.tasks import flush_ledger

pytestmark = pytest.mark.django_db
seen: list[ledger.Line] = []


def see(line: ledger.Line) -> bool:
    if line["id"] == "broken":
        raise ValueError(line["id"])
    seen.append(line)
    return line["id"] != "known"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.BACKUP_DIR = tmp_path / "backups"
    monkeypatch.setitem(ledger._replays, "test.seen", see)
    seen.clear()
    return settings.BACKUP_DIR


def ids() -> list[str]:
    return [line["id"] for line in ledger.read(ledger.path())] if ledger.path().exists() else []


@pytest.mark.django_db(transaction=True)
def test_a_line_stands_in_the_file_as_soon_as_its_cause_is_committed(folder: Path) -> None:
    with transaction.atomic():
        ledger.note("test.seen", id="a", version=2)
        assert ids() == []

    line = json.loads((folder / "ledger.jsonl").read_text())
    assert (line["what"], line["id"], line["version"]) == ("test.seen", "a", 2)
    assert timezone.now() - dt.datetime.fromisoformat(line["at"]) < dt.timedelta(minutes=1)
    assert LedgerLine.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_written() -> None:
    with transaction.atomic():
        ledger.note("test.seen", id="a")
        transaction.set_rollback(True)

    assert (ids(), LedgerLine.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_refuses_stops_nobody_and_loses_nothing(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write_text("a file where the folder should be")

    with caplog.at_level(logging.ERROR), transaction.atomic():
        ledger.note("test.seen", id="a")
    assert "Not a directory" in caplog.text or "File exists" in caplog.text
    assert (ledger.overdue(), LedgerLine.objects.count()) == (0, 1)

    folder.unlink()
    flush_ledger()
    assert (ids(), LedgerLine.objects.count()) == (["a"], 0)


def test_a_line_that_waits_for_more_than_a_minute_is_overdue() -> None:
    long_ago = timezone.now() - dt.timedelta(seconds=61)
    LedgerLine.objects.create(what="test.seen", at=long_ago)
    LedgerLine.objects.create(what="test.seen")

    assert ledger.overdue() == 1


def test_a_line_nobody_could_do_again_is_refused() -> None:
    with pytest.raises(LookupError):
        ledger.note("test.unknown", id="a")


def test_many_processes_write_whole_lines(folder: Path) -> None:
    texts = [json.dumps({"at": "x", "id": f"{number}" * 200}) for number in range(8)]

    def write(text: str) -> None:
        for _ in range(50):
            ledger.append([text])

    threads = [threading.Thread(target=write, args=[text]) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lines = ledger.path().read_text().splitlines()
    assert sorted(lines) == sorted(texts * 50)


def test_half_a_line_from_a_full_disk_spoils_no_other(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    genuine = ledger.os.write
    monkeypatch.setattr(ledger.os, "write", lambda file, text: genuine(file, text[:20]))
    with pytest.raises(OSError, match="No space left"):
        ledger.append(['{"at": "2027-01-01", "id": "a"}'])
    monkeypatch.undo()

    with (folder / "ledger.jsonl").open("a") as file:
        file.write('{"at": "2027-01-01", "id": "b"}\n')
    assert [line["id"] for line in ledger.read(folder / "ledger.jsonl")] == ["b"]


def line(name: str, minutes_ago: int) -> ledger.Line:
    at = timezone.now() - dt.timedelta(minutes=minutes_ago)
    return {"at": at.isoformat(), "what": "test.seen", "id": name}


def test_only_what_happened_since_is_done_again() -> None:
    lines = [line("old", 20), line("new", 5), line("known", 4)]

    done, failed = ledger.replay(lines, since=timezone.now() - dt.timedelta(minutes=10))

    assert [one["id"] for one in seen] == ["new", "known"]
    assert (dict(done), failed) == ({"test.seen": 1}, [])


def test_a_line_that_fails_is_told_and_stops_no_other() -> None:
    stranger = {**line("x", 5), "what": "test.unknown"}
    lines = [line("broken", 5), stranger, line("new", 5)]

    done, failed = ledger.replay(lines, since=timezone.now() - dt.timedelta(minutes=10))

    assert dict(done) == {"test.seen": 1}
    assert [("broken" in one, "unknown" in one) for one in failed] == [(True, False), (False, True)]
    assert not connection.needs_rollback
