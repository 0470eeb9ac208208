"""Sending what is due: claim, finish, fence, hand over, note the answer.

No SMTP inside a transaction. A crash before the fence sends the mail back to the queue; a
crash after it leaves the mail uncertain (see ``claims.recover``).
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import random
import socket
import time
import uuid
from collections import Counter
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import translation

from . import claims
from .bell import ring_now
from .message import build
from .models import BlockedAddress, Mail
from .operations import block, blocked, one_line
from .registry import Kind, Links, kind_of
from .smtp import SmtpTransport
from .subjects import Subjects
from .transport import Dropped, Lost, MailboxTransport, Refused, Transport, Unavailable

log = logging.getLogger(__name__)
State = Mail.State

#: Waits after a temporary refusal: 1 min, 5 min, 15 min, 1 h, 4 h, then every 6 h up to 48 h.
WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, *[360] * 7)]
JITTER = 0.2
RUN_SECONDS = 50.0


def deliver_due(*, at: dt.datetime | None = None, seconds: float = RUN_SECONDS) -> Counter[str]:
    """Send due mails for at most about ``seconds``; returns how many ended in which state.

    ``at`` replaces the database's time, for tests that travel in time.
    """
    until = time.monotonic() + seconds
    run = _Run(claims.Clock(at))
    try:
        while batch := run.take():
            run.deliver(batch)
            if run.is_through:
                break
            if time.monotonic() > until:
                ring_now()
                break
    finally:
        run.end()
    return run.tally


def open_transport() -> Transport:
    """The transport that EMAIL_URL asks for."""
    return MailboxTransport() if settings.EMAIL_URL.startswith("mailbox:") else SmtpTransport()


class _Run:
    """One worker's run over the outbox: an owner's name, a connection, a tally.

    ``is_through``: all that was due is settled; whoever writes more rings for it.
    """

    def __init__(self, clock: claims.Clock) -> None:
        self.clock = clock
        self.owner = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
        self.transport: Transport = open_transport()
        self.tally: Counter[str] = Counter()
        self.holding = False
        self.is_through = False

    def end(self) -> None:
        """Whatever ended the run, its unsent mails are free again."""
        self.transport.close()
        if self.holding:
            claims.hand_back(self.owner)

    def take(self) -> claims.Batch:
        """The next batch, once the server is there: nothing is claimed for a dead one."""
        if not claims.waiting(self.clock.now()):
            return claims.Batch()
        try:
            self.transport.open()
        except Unavailable as error:
            claims.put_off(self.clock.now(), _short(error))
            return claims.Batch()
        self.holding = True
        batch = claims.take(self.owner, self.clock)
        self.is_through = batch.is_all
        return batch

    def deliver(self, batch: list[Mail]) -> None:
        """Send one batch; ends early when the server or the lease gives out."""
        refusing = blocked(mail.to for mail in batch if not _is_essential(mail))
        self.subjects = Subjects(batch)
        for mail in batch:
            try:
                if self._lease_runs_out(mail):
                    claims.hand_back(self.owner)
                    self.is_through = False
                    return
                self._deliver_one(mail, refusing.get(mail.to, ""))
            except Unavailable as error:
                self._rest(error)
                return
        self.holding = False

    def _lease_runs_out(self, mail: Mail) -> bool:
        assert mail.lease_until is not None  # noqa: S101 (a constraint says so)
        return mail.lease_until - self.clock.now() <= claims.handing_over()

    def _deliver_one(self, mail: Mail, refusal: str) -> None:
        prepared = self._prepare(mail, refusal)
        if prepared is None:
            return
        kind, message = prepared
        try:
            answer = self._hand_over(mail, message)
        except Refused as refused:
            self._refused(mail, refused)
        except Dropped as dropped:
            self._later(mail, "dropped", str(dropped))
            raise Unavailable(str(dropped)) from dropped
        except Lost as lost:
            self._settle(mail, State.UNCERTAIN, "no_answer", answer=str(lost))
            self.is_through = not claims.resend_uncertain(self.clock.now())
        else:
            if answer is not None:
                self._sent(mail, kind, answer)

    def _hand_over(self, mail: Mail, message: bytes) -> str | None:
        """The server's answer; ``None`` when the mail is not ours any more or settled.

        A failure that no transport foresees is that mail's own: it must not stop the others.
        """
        seconds = claims.handing_over().total_seconds()
        fenced = False
        try:
            self.transport.offer(mail.to, len(message), seconds)
            fenced = claims.fence(mail, self.owner, self.clock)
            if not fenced:
                self.transport.withdraw()
                return None
            return self.transport.deliver(message, seconds)
        except (Refused, Dropped, Lost, Unavailable, DatabaseError):
            raise
        except Exception as error:
            log.exception("Mail %s cannot be handed over.", mail.pk)
            self.transport.close()
            if fenced:
                raise Lost(repr(error)) from error
            self._settle(mail, State.FAILED, "poison", answer=repr(error))
            return None

    def _prepare(self, mail: Mail, refusal: str) -> tuple[Kind, bytes] | None:
        """The finished message, or ``None`` when this mail is settled without sending."""
        try:
            kind = kind_of(mail.kind)
            unwanted = self._unwanted(mail, kind, refusal)
            if unwanted is None:
                with translation.override(mail.language):
                    links = kind.finish(mail, self.subjects.of(mail))
                if isinstance(links, Links):
                    return kind, build(mail, links)
                unwanted = State.STALE, links.reason
        except DatabaseError:
            raise
        except Exception as error:
            log.exception("Mail %s cannot be made.", mail.pk)
            self._settle(mail, State.FAILED, "poison", answer=repr(error))
        else:
            self._settle(mail, *unwanted)
        return None

    def _unwanted(self, mail: Mail, kind: Kind, refusal: str) -> tuple[str, str] | None:
        """State and reason of a mail that must not go out any more."""
        if mail.not_after and mail.not_after < self.clock.now():
            return State.STALE, "too_late"
        if refusal and not kind.essential:
            return State.CANCELLED, refusal
        return None

    def _sent(self, mail: Mail, kind: Kind, answer: str) -> None:
        now = self.clock.now()
        if kind.erase_when_sent:
            erased: dict[str, Any] = {"text": "", "html": "", "erased_at": now}
            self._settle(mail, State.SENT, answer=answer, sent_at=now, **erased)
        else:
            done = claims.settle_sent(mail, self.owner, answer=_short(answer), at=now)
            self._count(mail, State.SENT, done)

    def _refused(self, mail: Mail, refused: Refused) -> None:
        if refused.for_now:
            self._later(mail, "refused_for_now", refused.answer)
            return
        if refused.no_such_mailbox:
            block(mail.to, BlockedAddress.Reason.BOUNCED, _short(refused))
            self._settle(mail, State.FAILED, "no_mailbox", answer=refused.answer)
        else:
            self._settle(mail, State.FAILED, "refused", answer=refused.answer)

    def _later(self, mail: Mail, reason: str, answer: str) -> None:
        """Wait and try again; after the last wait the mail has failed."""
        if mail.attempts >= len(WAITS):
            self._settle(mail, State.FAILED, "gave_up", answer=answer)
            return
        jitter = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (spreads load, no secret)
        self._settle(
            mail,
            State.QUEUED,
            reason,
            answer=answer,
            attempts=mail.attempts + 1,
            next_attempt_at=self.clock.now() + WAITS[mail.attempts] * jitter,
            handed_over_at=None,
        )

    def _rest(self, error: Unavailable) -> None:
        """Leave the server alone for a while; nobody's attempt is used up."""
        log.warning("The mail server cannot be used: %s", error)
        claims.hand_back(self.owner, **claims.rest(self.clock.now(), _short(error)))

    def _settle(
        self, mail: Mail, state: str, reason: str = "", answer: str = "", **values: object
    ) -> None:
        values |= {"state": state, "reason": reason, "server_answer": _short(answer)}
        self._count(mail, state, claims.settle(mail, self.owner, **values))

    def _count(self, mail: Mail, state: str, done: bool) -> None:
        if done:
            self.tally[state] += 1
        else:
            log.warning("Mail %s was settled by somebody else.", mail.pk)


def _is_essential(mail: Mail) -> bool:
    try:
        return kind_of(mail.kind).essential
    except LookupError:
        return False


def _short(words: object) -> str:
    """Fit for the column of server's answers."""
    return one_line(str(words))[:250]
