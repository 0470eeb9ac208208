"""The drills' results as a table on the screen and as docs/reliability.md."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import machine
from .findings import Finding, Result
from .plan import DRILLS, Drill, Part, part_of

DATABASES = {"sqlite": "SQLite, no Redis", "postgresql": "PostgreSQL and Redis"}
HEAD = """# Reliability: what was tried, and what became of it

Written by `make drill`; each part shows the figures of its last run in full size and when that
was. Each drill starts the portal's own processes (gunicorn, Celery workers, beat) on free ports
of this machine, breaks something, and counts. It runs on SQLite without Redis and on PostgreSQL
with Redis, and has negative controls: the same faults with the guard switched off, which must be
noticed, or the drill proves nothing; a tenth of the numbers is enough for them.

    make drill                                    all of it, under 20 minutes on 2 cores
    make drill DRILL="--only a,b"                 some drills (letter or name)
    make drill DRILL="--database sqlite"          one database
    make drill DRILL="--quick"                    a tenth of the numbers, as `.ci/run` does
    make drill DRILL="--quick --controls"         only the negative controls: each guard off once

Three parts run at a time, and those that mostly wait (D) beside them. The exit code is 1 when a
promise was broken or a negative control went unnoticed. Only runs in full size change this page.
Needs what `make run` needs, and for the second database PostgreSQL (running, named in
`DRILL_POSTGRES`, or just installed) and `redis-server`.
"""
QUICK = """## The quick cut

`DRILL=--quick` runs every drill with its negative control, a tenth of the numbers or less, three
parts at a time, in two to three minutes on two cores. Times are shown, but nothing depends on
them, so that a busy machine fails no promise. It leaves out what costs most and shows least:

| drill | part | SQLite | PostgreSQL |
|---|---|---|---|
"""
TAIL = """## How the injectors work

- `tests/drills/sink.py` is a mail server of its own, fast and faulty on demand: the first word
  of an address asks for a fault (`later-1@…` is put off once), commands close its port or turn
  it into a tarpit. Every message it keeps is on disk before the client hears so; arrivals are
  counted there, by Message-ID, never in the portal's own tables.
- `tests/drills/killer.py` sends SIGKILL to a worker (with its children) that holds a claim, at a
  random moment, and starts another.
- `tests/drills/guests.py` are browsers: link, cookie, page, CSRF token, POST; up to 500 requests
  at a time, a connection for each.
- `tests/drills/scanner.py` opens links and compares a hash of every table (Django's sessions
  aside) and presses every button with the form as it stands.
- `tests/drills/campaign.py` draws hostile requests, `forger.py` and `envelopes.py` what is in them;
  `write_log.py` notes each writing statement, compares the rows and puts them back, `rights.py` is
  the table of who may change what, `canaries.py` marks what is private. Their seed is printed.
- `tests/drills/guards.py` switches guards off for the negative controls, in the drill's own
  processes and databases; nothing of it is in the portal.

## What these drills do not show

- Power loss and full disks. What a lost machine costs, drill H shows: all since the last backup,
  except what its ledger keeps.
- The last step of SMTP can be made safe by nobody (RFC 1047): whoever is killed between the
  message and the server's answer cannot know. Such mails are flagged, sent once more with the
  same Message-ID, and shown to staff; that is what “flagged” counts.
- While Redis is away, mail waits; it is not lost, and nothing else waits with it.
- Speeds, except that they were enough: for those see `docs/performance.md`. The seconds above
  grow with whatever else the machine does.
"""


def verdict(finding: Finding, part: Part) -> str:
    if finding.kept is None:
        return ""
    if part.control:
        return "noticed" if finding.kept else "NOT NOTICED"
    return "kept" if finding.kept else "BROKEN"


def on_screen(result: Result, drill: Drill, part: Part) -> str:
    """The lines of one part, as soon as it has ended."""
    control = "negative control: " if part.control else ""
    head = f"{drill.letter}  {drill.title} · {control}{part.title} · {DATABASES[result.database]}"
    lines = [f"\n{head} ({result.seconds:.0f} s)"]
    for one in result.findings:
        lines.append(f"   {verdict(one, part):12} {one.promise}: {one.figure}")
    if result.broke_off:
        lines.append(f"   BROKE OFF    {result.broke_off}")
    return "\n".join(lines)


def page(results: Iterable[Result]) -> str:
    """The whole document from the latest full-size result of each part."""
    shown = [one for one in results if part_of(one.part).control or not one.quick]
    by_part = {(one.part, one.database): one for one in sorted(shown, key=lambda one: one.date)}
    facts = "\n".join(f"- {fact}" for fact in machine.describe())
    sections = [section(drill, by_part) for drill in DRILLS]
    return "\n".join([HEAD, quick_cut(), "## The machine\n", facts, "", *sections, TAIL])


def quick_cut() -> str:
    """What the quick cut runs where, as the plan says."""
    rows = [(drill, part) for drill in DRILLS for part in drill.parts]
    return QUICK + "".join(f"{_quick_row(drill, part)}\n" for drill, part in rows)


def _quick_row(drill: Drill, part: Part) -> str:
    title = f"negative control: {part.title}" if part.control else part.title
    marks = ("yes" if name in part.quick else "" for name in DATABASES)
    return f"| {drill.letter.upper()} | {title} | {' | '.join(marks)} |"


def section(drill: Drill, results: dict[tuple[str, str], Result]) -> str:
    lines = [f"## {drill.letter.upper()}. {drill.title}\n", f"{drill.what}\n"]
    for part in drill.parts:
        found = {name: results[part.key, name] for name in DATABASES if (part.key, name) in results}
        title = f"Negative control: {part.title}" if part.control else "What happened"
        lines.append(f"### {title}\n")
        lines.append(table(part, found) if found else "Not run yet.\n")
    return "\n".join(lines)


def table(part: Part, found: dict[str, Result]) -> str:
    lines = ["| database | promise | figure | verdict |", "|---|---|---|---|"]
    for name, result in found.items():
        for one in result.findings:
            verdict_ = verdict(one, part)
            lines.append(f"| {DATABASES[name]} | {one.promise} | {one.figure} | {verdict_} |")
        if result.broke_off:
            lines.append(f"| {DATABASES[name]} | broke off | {result.broke_off} | BROKEN |")
    dates = ", ".join(
        f"{DATABASES[name]} {result.date[:16].replace('T', ' ')} UTC in {result.seconds:.0f} s"
        for name, result in found.items()
    )
    return "\n".join([*lines, "", f"Run: {dates}.\n"])


class Archive:
    """Results of earlier runs, one file each, so that single drills can be run again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, result: Result) -> None:
        size = "quick" if result.quick else "full"
        path = self.folder / f"{result.part}.{result.database}.{size}.json"
        path.write_text(result.to_json(), encoding="utf-8")

    def all(self) -> list[Result]:
        return [
            Result.from_json(path.read_text(encoding="utf-8"))
            for path in sorted(self.folder.glob("*.json"))
        ]
