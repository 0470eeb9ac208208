"""Drill g: hostile senders, each member of the cast over all pages and forms.

Requests go through Django's test client, in this process: no CSRF check and no web server, so
that volume and depth are worth more. Every answer, every row and every mail is judged.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from django.db import connection
from django.test import Client

from tests.cast import GUEST, IN_A_CITY, PARTNER, REVIEWERS, STAFF, STRANGER, SUPERUSER

from . import attempts, guards, scanner
from .attempts import Forms
from .campaign import Campaign, Tally
from .canaries import SKEW
from .findings import Finding, equal, more_than
from .private_world import PrivateWorld, make_private_world
from .rights import Sender
from .stage import SEED, Stage
from .write_log import WriteLog

#: Requests for each member of the cast; in a quick run.
REQUESTS = {"postgresql": 3_000, "sqlite": 500}
QUICK = {"postgresql": 60, "sqlite": 40}
#: So many rows of each kind are opened for the forms on their pages; in a quick run one.
ROWS = 6
#: In a quick run, forms are read on so many of the pages.
FEW = 0.3
#: A negative control ends as soon as the missing guard was noticed.
PATIENCE = 5_000
#: Of a hundred requests, at least so many must change something; else the drill is too shallow.
LEAST_EFFECTIVE = {STRANGER: 1, GUEST: 5, STAFF: 5, SUPERUSER: 5}


Found = Callable[[Tally], list[str]]


@dataclass
class Scene:
    """What all campaigns of one process share; ``off`` names the guards that are switched off."""

    world: PrivateWorld
    overheard: Forms
    log: WriteLog
    off: set[str] = field(default_factory=set)


def public(stage: Stage) -> list[Finding]:
    return _judged(stage, [STRANGER, GUEST])


def cities(stage: Stage) -> list[Finding]:
    return _judged(stage, [*IN_A_CITY, PARTNER, *REVIEWERS])


def team(stage: Stage) -> list[Finding]:
    return _judged(stage, [STAFF, SUPERUSER])


def _judged(stage: Stage, roles: list[str]) -> list[Finding]:
    """All campaigns; at the end every table must be as before, or the log missed a write."""
    count = (QUICK if stage.quick else REQUESTS)[connection.vendor]
    rows, share = (1, FEW) if stage.quick else (ROWS, 1)
    scene = _prepared(quick=stage.quick)
    before = scanner.fingerprint()
    tallies = {role: _campaign(scene, role, rows, share).run(count) for role in roles}
    missed = scanner.changed(before, scanner.fingerprint())
    return [
        *(_depth(role, tally, judged=not stage.quick) for role, tally in tallies.items()),
        _none("answers of 500", tallies, lambda tally: tally.broken),
        _none("rows changed that the sender may not change", tallies, lambda t: t.forbidden),
        _none("private words shown to others", tallies, lambda tally: tally.told),
        _none(
            f"foreign hosts in {sum(tally.mails for tally in tallies.values()):,} mails",
            tallies,
            lambda tally: tally.hosts,
        ),
        equal("tables with changes that nobody noted", ", ".join(missed) or 0, 0),
        Finding("to repeat", f"DRILL_SEED={SEED}"),
    ]


def _depth(role: str, tally: Tally, *, judged: bool) -> Finding:
    """How much a sender changed that was theirs to change, by requests that passed every check.

    Few requests may miss by chance, so a quick run is not judged by it.
    """
    statuses = ", ".join(f"{status}: {n:,}" for status, n in sorted(tally.statuses.items()))
    least = LEAST_EFFECTIVE.get(role, 1) * tally.requests / 100
    return Finding(
        f"{role}: {tally.requests:,} requests",
        f"{tally.effective:,} changed what they may (> {least:.0f}); answers {statuses}",
        tally.effective > least if judged else None,
    )


def _none(promise: str, tallies: dict[str, Tally], what: Found) -> Finding:
    """Nothing of this kind, from nobody; else the most frequent, with who did it."""
    found = Counter(f"{role}: {one}" for role, tally in tallies.items() for one in what(tally))
    told = "; ".join(f"{n:,} × {one}" for one, n in found.most_common(5))
    return Finding(promise, f"{found.total():,}" + (f" ({told})" if told else ""), not found)


def guards_off(stage: Stage) -> list[Finding]:
    """One guard after the other is switched off, until what it let through was noticed."""
    scene = _prepared(quick=stage.quick)
    return [
        _noticed(
            scene,
            "careful_pages",
            STRANGER,
            "pages believe numbers and addresses in the query: answers of 500",
            lambda tally: tally.broken,
        ),
        _noticed(
            scene,
            "access_table",
            PARTNER,
            "the table of access lets everybody in: rows changed that the sender may not change",
            lambda tally: tally.forbidden,
        ),
        _noticed(
            scene,
            "access_table",
            PARTNER,
            "the same: private words shown to others",
            lambda tally: tally.told,
        ),
        _noticed(
            scene,
            "own_address",
            STRANGER,
            "mails link to the host that the request names: foreign hosts in mails",
            lambda tally: tally.hosts,
        ),
    ]


def _noticed(scene: Scene, guard: str, role: str, what: str, found: Found) -> Finding:
    if guard not in scene.off:
        guards.OFF[guard]()
        scene.off.add(guard)
    tally = _campaign(scene, role).run(PATIENCE, lambda tally: bool(found(tally)))
    return more_than(f"{what}, in {tally.requests:,} requests", len(found(tally)), 0)


def _prepared(*, quick: bool) -> Scene:
    """The world, what its forms (a few of them) look like, and the log opened after all that."""
    logging.disable(logging.WARNING)  # thousands of refusals would each write a line
    world = make_private_world()
    boss = Client(raise_request_exception=False, SERVER_NAME="localhost")
    user = world.mine.people[SUPERUSER]
    boss.force_login(user)
    known = attempts.addresses(world, SUPERUSER)
    rng = Random(SEED)
    chosen = attempts.some_of_each(known, rng, 1, FEW if quick else 1)
    overheard = attempts.forms_on(boss, user, chosen)
    return Scene(world, overheard, WriteLog())


def _campaign(scene: Scene, role: str, rows: int = 1, share: float = 1) -> Campaign:
    """Everybody knows what an administrator's forms look like, only staff what stands in them."""
    guest = scene.world.mine.invitation if role == GUEST else None
    user = scene.world.mine.people.get(role)
    offices = frozenset(user.memberships.values_list("city", "role") if user else ())
    sender = Sender(role, user, guest, offices)
    forms = scene.overheard
    overheard = forms if role in SKEW else attempts.without_what_is_private(forms)
    rng = Random(f"{SEED} {role}")
    return Campaign(scene.world, scene.log, sender, rng, overheard, rows, share)
