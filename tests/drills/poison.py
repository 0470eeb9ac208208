"""Mails that cannot be made, are too large, or kill whoever handles them."""

from __future__ import annotations

import os
import signal
from typing import Any

from mailing.models import Mail
from mailing.registry import Kind, Links, register

KILLER, BROKEN, BARE = "drill.killer", "drill.broken", "drill.bare"
UNKNOWN = "drill.unknown"


def kill_the_worker(mail: Mail, about: Any) -> Links:
    os.kill(os.getpid(), signal.SIGKILL)
    return Links()


def fail(mail: Mail, about: Any) -> Links:
    raise RuntimeError("the kind's own code failed")


def register_kinds() -> None:
    register(
        Kind(KILLER, "Killer", kill_the_worker),
        Kind(BROKEN, "Broken", fail),
        Kind(BARE, "Bare", lambda mail, about: Links({"answer": "https://ude.example/"})),
    )


def spoil(mails: list[Mail]) -> None:
    """Poison each mail: the first kills its worker, the others in one of five ways."""
    ways: list[dict[str, Any]] = [
        {"kind": UNKNOWN},
        {"kind": BROKEN},
        {"text": "Bitte öffnen: [[nothing_fills_this]]"},
        {"kind": BARE, "to": "bürgermeister@stadt.example"},
        {"text": "x" * 12_000_000},
    ]
    Mail.objects.filter(pk=mails[0].pk).update(kind=KILLER)
    for number, mail in enumerate(mails[1:]):
        Mail.objects.filter(pk=mail.pk).update(**ways[number % len(ways)])
