"""What the ledger does again with accounts after a backup was restored."""

from __future__ import annotations

from privacy import ledger

from .models import User
from .operations import RIGHTS, anonymise, take_rights


def erase(line: ledger.Line) -> bool:
    user = User.objects.filter(pk=line["id"]).first()
    return user is not None and anonymise(user=user)


def take_rights_again(line: ledger.Line) -> bool:
    user = User.objects.filter(pk=line["id"]).first()
    kept = [name for name in RIGHTS if line[name]]
    return user is not None and take_rights(user=user, keep=kept)


ledger.register("accounts.anonymised", erase)
ledger.register("accounts.rights_taken", take_rights_again)
