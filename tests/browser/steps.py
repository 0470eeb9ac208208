"""What people do on the pages of partnerships, for the plays of several files."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from partnerships.confirming import tokens
from partnerships.models import ConfirmationRequest

from .checks import SEND, press


def link_to(city: Any) -> str:
    """The link in the last mail that asked this city."""
    request = ConfirmationRequest.objects.filter(party__city=city).order_by("-round")[0]
    return f"/p/{tokens.token_for(request)}/"


def unfold(tab: Page) -> None:
    for number in range(tab.locator("details.more").count()):
        tab.locator("details.more").nth(number).evaluate("one => { one.open = true }")


def choose(tab: Page, *names: str) -> None:
    """Look for each city and add it to the draft."""
    for name in names:
        if "cities" not in tab.url:
            press(tab, "main a[href$='/draft/cities/']")
        tab.fill("[name=q]", name)
        press(tab, "form.filters button")
        tab.check("[name=choice]")
        press(tab, "form.portal-form button >> nth=0")


def answer(tab: Page, outcome: str, **fields: str) -> None:
    """Choose one of the answers about all of it and send it."""
    tab.check(f"[name=outcome][value={outcome}]")
    for name, value in fields.items():
        tab.fill(f"[name={name}]", value)
    press(tab, SEND)


def differ(tab: Page, year: str, **fields: str) -> None:
    """Say that the year is another one and all else right, without a script."""
    for summary in tab.locator("details.more > summary").all():
        if not summary.evaluate("one => one.parentElement.open"):
            summary.click()
    for name in ("kind", "agreed_on", "signatories", "organisations", "topics"):
        tab.check(f"[name={name}_verdict][value=right]")
    tab.check("[name=year_verdict][value=differs]")
    tab.fill("[name=year_value]", year)
    answer(tab, "differs", **fields)


def rank(tab: Page, *names: str) -> None:
    """Choose topics in this order and submit them."""
    for place, name in enumerate(names, 1):
        tab.select_option(f"[name=place_{place}]", label=name)
    press(tab, "[name=submit]")
