"""Offices that write, sign and hand in: each somebody with a browser, all before one deadline."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from exchanges.models import Application, Call, Traveller
from partnerships.models import Department
from tests.exchanges.scenes import complete, make_application, make_call, stamped
from tests.factories import make_membership, make_user
from tests.page_forms import PageForm, forms_of

from .guests import Load, Reply, signed_in


class Dated(Load):
    """Notes for each address when its request was begun and when its last byte was sent."""

    sent: dict[str, tuple[float, float]]

    async def _exchange(self, request: bytes) -> bytes:
        began = time.time()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            await writer.drain()
            method, path = request.split(b" ", 2)[:2]
            if method == b"POST":
                self.sent[path.decode()] = (began, time.time())
            return await reader.read()
        finally:
            writer.close()


@dataclass
class Office:
    """The submitting city's coordinator, signed in; ``text`` is what was saved last."""

    load: Dated
    application: Application
    case: str
    lead: int
    cookies: dict[str, str]
    text: str = ""
    replies: list[Reply] = field(default_factory=list)
    form: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it hands in."""
        return f"{self.case}submit/"

    async def write(self, text: str) -> None:
        """Save a last text of the own part, which cancels the own stamp, and sign again."""
        need = f"{self.case}sections/need/{self.lead}/"
        await self._send(need, need, text=text)
        self.text = text
        signing = {"name": "Erika Beispiel", "office": "OB", "agrees": "on"}
        await self._send(f"{self.case}sign/", f"{self.case}sign/confirm/", **signing)

    async def prepare(self) -> None:
        """Open the page with the button."""
        self.form = (await self._form(f"{self.case}hand-in/", self.address)).pressed()

    async def hand_in(self) -> None:
        reply = await self.load.request("POST", self.address, cookies=self.cookies, form=self.form)
        self.replies.append(self.load.expect(reply, 200, 302))

    async def _send(self, page: str, action: str, **values: str) -> None:
        form = (await self._form(page, action)).pressed() | values
        form.pop("onward", None)
        reply = await self.load.request("POST", action, cookies=self.cookies, form=form)
        self.load.expect(reply, 302)

    async def _form(self, page: str, action: str) -> PageForm:
        shown = await self.load.request("GET", page, cookies=self.cookies)
        self.load.expect(shown, 200)
        self.cookies |= shown.cookies
        return next(one for one in forms_of(shown.body, page) if one.action == action)

    @property
    def was_refused(self) -> bool:
        """Whether the page said that the deadline is over and the draft stays."""
        return all("Ihr Entwurf bleibt, wie er ist" in one.body for one in self.replies)


def crowd(load: Dated, count: int) -> list[Office]:
    """So many complete, signed drafts of one call whose deadline is over for everybody else."""
    today = timezone.localdate()
    call = make_call(opens_on=today - timedelta(days=40), closes_on=today - timedelta(days=2))
    with transaction.atomic():
        drafts = [complete(make_application(call=call)) for _number in range(count)]
        _share_a_department()
        return [_office(load, stamped(draft)) for draft in drafts]


def _share_a_department() -> None:
    """One department is enough, and keeps the pages that list them short."""
    department = Department.objects.all()[0]
    Traveller.objects.update(department=department)
    Department.objects.exclude(pk=department.pk).delete()


def _office(load: Dated, application: Application) -> Office:
    lead = application.parties.all()[0]
    city = lead.city
    user = make_user()
    make_membership(user, city, "coordinator")
    case = f"/office/{city.slug}/exchanges/{application.ref}/"
    return Office(load, application, case, lead.pk, signed_in(user))


def give_time(seconds: float) -> Any:
    """All drafts can be handed in for so long; returns the deadline."""
    deadline = timezone.now() + timedelta(seconds=seconds)
    Application.objects.update(extended_until=deadline, extended_because="Übung")
    assert not Call.objects.get().accepts(timezone.now())
    return deadline
