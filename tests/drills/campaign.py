"""One sender's campaign: attempts drawn by chance, each judged, and the portal put back."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode, urljoin

from django.core.cache import cache
from django.test import Client

from events import tokens
from tests.hostile import BODIES, FORM, REFUSED
from tests.page_forms import PageForm, forms_of

from . import attempts, envelopes, outgoing, rights
from .answers import cause, text, view_of
from .attempts import Forms
from .forger import Forger
from .private_world import PrivateWorld
from .rights import Sender
from .write_log import WriteLog

BROKEN_BODIES: tuple[Callable[[Client, str], Any], ...] = (
    *BODIES.values(),
    *(visit for _status, visit in REFUSED.values()),
)
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


@dataclass
class Tally:
    """What one campaign came to; the lists hold one line for each thing that must not be."""

    requests: int = 0
    mails: int = 0
    effective: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


class Campaign:
    """``run`` sends as many requests as asked, drawn from ``rng``.

    ``overheard`` are forms of other people's pages; ``rows`` is how many rows of each kind the
    sender's own forms are read for, ``share`` how many of their pages (0–1).
    """

    def __init__(
        self,
        world: PrivateWorld,
        log: WriteLog,
        sender: Sender,
        rng: Random,
        overheard: Forms,
        rows: int = 1,
        share: float = 1,
    ) -> None:
        self.world, self.log = world, log
        self.sender, self.rng, self.tally = sender, rng, Tally()
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        self.addresses = attempts.addresses(world, sender.role)
        self.open, self.closed = attempts.sorted_by_right(self.addresses, sender.user)
        chosen = attempts.some_of_each(self.addresses, rng, rows, share)
        with self.log.kept():
            self.home = self._enter()
            self.own_forms = attempts.forms_on(self.client, sender.user, chosen)
            self.log.put_back(self.log.changes())
        self.client.cookies = deepcopy(self.home)  # the links among those pages gave out others
        self.all_forms = overheard
        self.ids = attempts.ids_of(world)
        self.forger = Forger(rng, self.ids, self._own_address())
        self.trail: list[tuple[str, str]] = []

    def run(self, count: int, enough: Callable[[Tally], bool] = lambda tally: False) -> Tally:
        with self.log.kept():
            while self.tally.requests < count and not enough(self.tally):
                self.trail = []
                kinds = (self._look, self._fill_own, self._fill_any, self._break)
                self.rng.choices(kinds, (35, 35, 20, 10))[0]()
                self._judge()
                self._start_over()
        return self.tally

    # Who they are --------------------------------------------------------------------------

    def _enter(self) -> Any:
        """Sign in, freshly enough for the sensitive pages, or follow the link; the cookies."""
        self.client.cookies.clear()
        if self.sender.guest is not None:
            self.client.cookies[tokens.COOKIE] = tokens.grant_for(self.sender.guest)
        elif self.sender.user is not None:
            self.client.force_login(self.sender.user)
            session = self.client.session
            session["account_authentication_methods"] = [
                {"method": "password", "at": time.time(), "email": self.sender.user.email}
            ]
            session.save()
        return deepcopy(self.client.cookies)

    def _start_over(self) -> None:
        """The first cookies again; a session that ended meanwhile is begun anew."""
        was, now = (jar.get("sessionid") for jar in (self.home, self.client.cookies))
        if self.sender.user is not None and (now is None or now.value != was.value):
            self.home = self._enter()
            self.log.put_back(self.log.changes())
        self.client.cookies = deepcopy(self.home)
        cache.clear()  # or limits and cached rows would answer instead of the page

    def _own_address(self) -> str:
        person = self.sender.user or self.sender.guest
        return person.email if person is not None else "fremd@stadt.example"

    # What they try -------------------------------------------------------------------------

    def _look(self) -> None:
        path = envelopes.spoilt(self.rng, self._page(), self.ids)
        path += envelopes.query(self.rng, self.ids)
        method = self.rng.choice(("GET", "GET", "GET", self.rng.choice(envelopes.METHODS)))
        self._send(method, path)

    def _page(self) -> str:
        """Any kind of page as likely as any other; three times in four one that lets them in."""
        pages = self.closed if self.closed and self.rng.random() < 0.25 else self.open
        return self.rng.choice(pages[self.rng.choice(sorted(pages))])

    def _fill_own(self) -> None:
        self._fill(self.own_forms or self.all_forms)

    def _fill_any(self) -> None:
        self._fill(self.all_forms)

    def _fill(self, forms: Forms) -> None:
        """Each kind of form is drawn as often as any other; then on with what the answer asks."""
        found = self.rng.choice(forms[self.rng.choice(sorted(forms))])
        form: PageForm | None = found.form
        for _ in range(3):
            if form is None:
                return
            sent = self.forger.spoilt(self.forger.filled(form))
            path = envelopes.spoilt(self.rng, self._in_a_language(form.action), self.ids)
            form = self._next_form(path, self._post(path, sent))

    def _in_a_language(self, path: str) -> str:
        english = f"/en{path}"
        return english if english in self.addresses and self.rng.random() < 0.3 else path

    def _post(self, path: str, sent: dict[str, Any]) -> Any:
        plain = all(isinstance(v, str) for vs in sent.values() for v in _listed(vs))
        if plain and self.rng.random() < 0.5:
            return self._send("POST", path, urlencode(sent, doseq=True), FORM)
        return self._send("POST", path, sent)

    def _next_form(self, path: str, response: Any) -> PageForm | None:
        """A form of the page that came, or of the one it leads to; one time in three."""
        if self.rng.random() > 0.35 or response.status_code >= 400:
            return None
        if response.status_code in {301, 302}:
            path = urljoin(path, response["Location"])
            if not path.startswith("/"):
                return None
            response = self._send("GET", path)
        forms = forms_of(text(response), path.partition("?")[0])
        return self.rng.choice(forms) if forms else None

    def _break(self) -> None:
        visit, path = self.rng.choice(BROKEN_BODIES), self._page()
        response = visit(self.client, path)
        self._noted(response.request["REQUEST_METHOD"], path, response)

    # What comes of it ----------------------------------------------------------------------

    def _send(self, method: str, path: str, data: Any = "", kind: str = "") -> Any:
        extra = envelopes.headers(self.rng)
        if isinstance(data, dict):
            return self._noted(method, path, self.client.post(path, data, **extra))
        sent = self.client.generic(method, path, data, kind or "text/plain", **extra)
        return self._noted(method, path, sent)

    def _noted(self, method: str, path: str, response: Any) -> Any:
        """Count the answer, and read it for words that are not the sender's to know."""
        self.trail.append((method, path))
        self.tally.requests += 1
        self.tally.statuses[response.status_code] += 1
        if response.status_code >= 500:
            self.tally.broken.append(f"{self._tried(1)}: {cause(response)}")
        seen = f"{text(response)} {response.headers}"
        for what in self.world.canaries.foreign_to(self.sender.role, seen):
            self.tally.told.append(f"{self._tried(1)}: {what}")
        return response

    def _tried(self, last: int = 0) -> str:
        """The requests of this attempt, or the last of them, without anybody's id."""
        return ", ".join(f"{method} {view_of(path)}" for method, path in self.trail[-last:])

    def _judge(self) -> None:
        """Whose rows were changed, and where do the mails lead? Then all is as before."""
        changes = self.log.changes() if self.log.written else []
        wrong = rights.forbidden(changes, self.sender)
        if all(method in SAFE for method, _path in self.trail):
            wrong = changes
        said = sorted({str(change) for change in wrong})
        self.tally.forbidden += [f"{self._tried()}: {change}" for change in said]
        for mail in outgoing.written(changes):
            self.tally.mails += 1
            self.tally.hosts += [
                f"{host} ({self._tried(1)})" for host in outgoing.foreign_hosts(mail)
            ]
        self.tally.effective += bool(changes and not wrong)
        self.log.put_back(changes)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
