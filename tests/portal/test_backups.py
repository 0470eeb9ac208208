"""Backing up and restoring: the same portal again, and nothing that was revoked or erased."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.models import User
from accounts.operations import anonymise
from events import operations, tokens
from mailing import restoring as outbox
from mailing.models import Mail
from partnerships.models import City
from privacy import ledger
from tests.dumps import text_of
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_invitation_mail,
    make_mail,
    make_staff,
    make_user,
)
from ude_portal import health
from ude_portal.backups import manifest, postgresql
from ude_portal.supervisor import lock_folder

pytestmark = pytest.mark.django_db(transaction=True)
LINK = re.compile(rb"[\w-]{22}\.[\w-]{22}")


@pytest.fixture(autouse=True)
def portal(settings: Any, tmp_path: Path) -> Path:
    """Folders of our own, and a database with every migration on record."""
    settings.DATA_DIR = tmp_path
    settings.BACKUP_DIR, settings.MEDIA_ROOT = tmp_path / "backups", tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    recorder = MigrationRecorder(connection)
    for app, name in health.pending_migrations():
        recorder.record_applied(app, name)
    return tmp_path


def backup(**options: Any) -> Path:
    out = io.StringIO()
    call_command("backup", stdout=out, **options)
    return Path(out.getvalue().splitlines()[0])


def lose_everything() -> None:
    call_command("flush", interactive=False, verbosity=0)


def restore(folder: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("restore", folder, stdout=out, **options)
    return out.getvalue()


def opens(token: str) -> bool:
    return tokens.invitation_for(token) is not None


def test_what_was_there_is_there_again(portal: Path) -> None:
    make_city("Köln")
    staff = make_staff(email="staff@skew.example")
    (portal / "media" / "events").mkdir()
    (portal / "media" / "events" / "programm.pdf").write_bytes(b"%PDF")
    folder = backup()
    lose_everything()
    (portal / "media" / "events" / "programm.pdf").unlink()

    told = restore(folder)

    assert City.objects.get().name_de == "Köln"
    assert User.objects.get() == staff
    assert (portal / "media" / "events" / "programm.pdf").read_bytes() == b"%PDF"
    assert "1 uploaded files: as the manifest says." in told
    assert make_city("Bonn").pk > City.objects.get(name_de="Köln").pk


def test_waiting_mails_stay_until_staff_let_them_go() -> None:
    make_mail(), make_mail(state="sent", sent_at=timezone.now())
    folder = backup()
    lose_everything()

    told = restore(folder)

    assert "The outbox is closed; 1 mails wait for staff to decide." in told
    assert list(Mail.objects.due(timezone.now())) == []
    restoration = outbox.undecided()
    assert restoration is not None
    assert restoration.backup_of == manifest.read(folder).moment
    assert outbox.release() == 1


def test_links_revoked_and_people_erased_since_stay_so() -> None:
    guest, other, person = make_invitation(), make_invitation(), make_user(name="Erika")
    token, standing = tokens.token_for(guest), tokens.token_for(other)
    folder = backup()
    operations.withdraw(invitation=guest, by=make_staff())
    anonymise(user=person)
    lose_everything()

    told = restore(folder)

    assert (opens(token), opens(standing)) == (False, True)
    assert [user.name for user in User.objects.all()] == [""]
    assert "events.withdrawn, 1 times" in told
    assert "accounts.anonymised, 1 times" in told


def test_without_the_ledger_they_come_back() -> None:
    """Negative control: what the ledger is for."""
    guest, person = make_invitation(), make_user(name="Erika")
    token = tokens.token_for(guest)
    folder = backup()
    operations.withdraw(invitation=guest, by=make_staff())
    anonymise(user=person)
    lose_everything()

    restore(folder, without_ledger=True)

    assert opens(token)
    assert User.objects.get().name == "Erika"


def test_a_withdrawal_told_again_waits_with_the_others() -> None:
    guest = make_invitation()
    operations.answer(invitation=guest, choice="no")
    folder = backup()
    operations.withdraw(invitation=guest, by=make_staff())
    lose_everything()

    restore(folder)

    assert list(Mail.objects.due(timezone.now())) == []


def test_a_ledger_elsewhere_is_read_and_carried_on(portal: Path, settings: Any) -> None:
    guest = make_invitation()
    token = tokens.token_for(guest)
    folder = backup()
    operations.withdraw(invitation=guest, by=make_staff())
    lose_everything()
    settings.BACKUP_DIR = portal / "new"

    restore(folder)

    assert not opens(token)
    assert next(line["what"] for line in ledger.read(ledger.path())) == "events.withdrawn"


def test_a_missing_ledger_is_noticed(portal: Path) -> None:
    folder = backup()
    ledger.path().unlink()
    lose_everything()

    with pytest.raises(CommandError, match="Without it, links that were revoked open again"):
        restore(folder)
    with pytest.raises(CommandError, match="There is no ledger at"):
        restore(folder, ledger=portal / "elsewhere")


def test_a_line_that_cannot_be_done_again_is_told(portal: Path) -> None:
    folder = backup()
    ledger.append([json.dumps({"at": timezone.now().isoformat(), "what": "x", "id": 1})])
    lose_everything()

    with pytest.raises(CommandError, match="could not be done again"):
        restore(folder)
    assert outbox.undecided() is not None


def usable(text: bytes) -> list[str]:
    """The personal links that stand in a text and open something."""
    return [found.decode() for found in LINK.findall(text) if opens(found.decode())]


def test_no_key_no_session_and_no_usable_link_is_in_it(settings: Any, client: Any) -> None:
    event = make_event()
    guest = make_invitation(event)
    operations.resend(invitation=guest, by=make_staff())
    client.force_login(make_user())
    session = Session.objects.get()

    text = text_of(backup())

    assert guest.public_id.encode() in text
    assert usable(text) == []
    for secret in (settings.LINK_KEY, settings.SECRET_KEY, session.session_key):
        assert secret.encode() not in text


def test_a_stored_link_would_be_found() -> None:
    """Negative control."""
    guest = make_invitation()
    make_invitation_mail(guest, text=f"Ihr Link: {tokens.link_for(guest)}")
    assert usable(text_of(backup())) == [tokens.token_for(guest)]


def test_backups_are_for_the_operator_alone() -> None:
    folder = backup()
    modes = {path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*"), ledger.path()]}
    assert modes == {0}


def test_it_can_be_put_elsewhere(portal: Path) -> None:
    assert backup(to=portal / "disk").parent == portal / "disk"


def test_a_disk_that_refuses_leaves_no_half_backup(portal: Path) -> None:
    (portal / "disk").write_text("a file")
    with pytest.raises(CommandError, match="The backup cannot be written"):
        backup(to=portal / "disk")


def test_a_database_of_something_else_is_not_backed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
    with pytest.raises(CommandError, match="The database is empty"):
        backup()


def test_only_an_empty_portal_is_restored_into(portal: Path) -> None:
    folder = backup()
    city = make_city("Köln")
    with pytest.raises(CommandError, match=r"not empty: 1 tables have rows \(partnerships_city\)"):
        restore(folder)
    city.delete()
    (portal / "media" / "programm.pdf").write_bytes(b"%PDF")
    with pytest.raises(CommandError, match="1 files were uploaded"):
        restore(folder)


def test_a_running_portal_is_not_restored_into(portal: Path) -> None:
    folder = backup()
    with lock_folder(portal), pytest.raises(CommandError, match="Stop it first"):
        restore(folder)


def change(folder: Path, **values: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"format": 2}, "made by another version"),
        ({"database": "oracle"}, "The backup is one of oracle"),
        ({"migrations": ["events.9999_later"]}, "comes from a newer version"),
        ({"file_sha256": "0"}, "is missing or changed"),
        ({"media": {"programm.pdf": "0"}}, "uploaded files in the backup were changed"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(values: dict[str, Any], told: str) -> None:
    folder = backup()
    change(folder, **values)
    with pytest.raises(CommandError, match=told):
        restore(folder)


def test_a_result_that_differs_from_the_manifest_is_refused() -> None:
    make_city()
    folder = backup()
    made = manifest.read(folder).tables
    change(folder, tables={**made, "partnerships_city": {"rows": 2, "sha256": "0"}})
    lose_everything()
    with pytest.raises(CommandError, match=r"partnerships_city: 1 rows .* instead of 2 rows"):
        restore(folder)


def test_a_folder_that_is_no_backup_is_refused(portal: Path) -> None:
    backup()
    with pytest.raises(CommandError, match="is no backup"):
        restore(portal)


def test_another_link_key_is_told(settings: Any) -> None:
    folder = backup()
    lose_everything()
    settings.LINK_KEY = "another-key-" + "y" * 50
    assert "LINK_KEY is not the one of the backup" in restore(folder)


def test_a_database_in_use_is_not_restored_into() -> None:
    folder = backup()
    lose_everything()
    if connection.vendor == "sqlite":  # has no list of who uses it; the lock above is its guard
        assert "Restored." in restore(folder)
        return
    with postgresql._connect(), pytest.raises(CommandError, match="in use by 1 others"):
        restore(folder)
