"""Jobs that run inside Django, each in a process of its own: ``inside.py NAME JSON``.

A job says ``ready`` when its preparations are over, waits for a line, works, and prints its
answer as one line of JSON. See ``processes.Job`` for the other side.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")


class Command:
    """The command line of ``web`` or ``worker``, as ``manage.py portal`` starts it."""

    def __init__(self, piece: str) -> None:
        self._piece = piece

    def run(self) -> list[str]:
        from ude_portal import pieces

        return pieces.command(self._piece)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(name: str, options: dict[str, Any]) -> None:
    import django

    django.setup()
    from tests.bench import counting, importing, searching, seating, seeding, sending

    jobs: dict[str, Any] = {
        "command": Command,
        "seed": seeding.Seed,
        "count": counting.Count,
        "search": searching.Search,
        "seats": seating.Seats,
        "import": importing.Import,
        "requeue": sending.Requeue,
        "raw": sending.Raw,
        "deliver": sending.Deliver,
    }
    job = jobs[name](**options)
    _say("ready")
    sys.stdin.readline()
    _say(json.dumps({"answer": job.run()}))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
