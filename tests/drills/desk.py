"""Staff with a browser who release the drafted decisions of a call."""

from __future__ import annotations

import asyncio
from typing import Any

from django.db import connections, transaction
from django.urls import reverse

from exchanges.models import Call
from tests.exchanges.scenes import complete, make_application, make_call, make_decision
from tests.factories import make_membership, make_staff, make_user
from tests.page_forms import forms_of

from .guests import Load, signed_in
from .processes import Process
from .stage import Stage


def draft_decisions(count: int) -> Call:
    """So many drafts of one call; every second is approved, every city has one mailbox."""
    call, author = make_call(), make_staff()
    with transaction.atomic():
        for number in range(count):
            case = complete(make_application(call=call, state="reviewing"))
            for party in case.parties.all():
                make_membership(make_user(), party.city, "coordinator")
            verdict: dict[str, Any] = {"outcome": "approved", "amount": 4_000, "reason_de": "Gut."}
            if number % 2:
                verdict = {"outcome": "declined", "amount": 0, "reason_de": "Zu viele Anträge."}
            make_decision(case, drafted_by=author, **verdict)
    return call


class Desk:
    """Somebody of the team, signed in; ``release_all`` is what one press of the button does."""

    def __init__(self, stage: Stage, call: Call) -> None:
        self.stage = stage
        self.page = reverse("exchanges:decisions", args=[call.slug])
        self.cookies = signed_in(make_staff())

    def open(self) -> Process:
        """Start the web server; returns its process."""
        self.stage.web()
        return self.stage.processes[-1]

    def release_all(self) -> None:
        """Tick every draft that is left and press; whoever is cut off learns it from the page."""
        try:
            asyncio.run(self._press(Load(self.stage.port)))
        finally:
            connections.close_all()

    async def _press(self, load: Load) -> None:
        shown = await load.request("GET", self.page, cookies=self.cookies)
        self.cookies |= shown.cookies
        for form in forms_of(shown.body, self.page):
            if "draft" in form.controls:
                sent = form.pressed() | {"draft": form.controls["draft"].choices}
                await load.request("POST", form.action, cookies=self.cookies, form=sent)
