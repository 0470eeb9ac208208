"""What every page must pass in a real browser: accessible, within its CSP, nothing foreign."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request

#: How long a page may take on a busy machine, in milliseconds.
PATIENCE = 30_000
OURS = {"localhost", "127.0.0.1"}
#: The button that sends the page's form.
SEND = "main form button[type=submit]"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_TROUBLES: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def watch(page: Page) -> None:
    """From now on note CSP violations, script errors and requests to foreign hosts."""
    troubles = _TROUBLES.setdefault(page, [])

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            troubles.append(f"CSP: {message.text}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in OURS:
            troubles.append(f"foreign request: {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))


def assert_accessible(page: Page) -> None:
    """No finding of axe (WCAG 2.2 A and AA), no CSP violation, no foreign request so far.

    The page must be watched from its start: ``visit`` does that.
    """
    # axe would copy imported style sheets into <style> elements, which our CSP reports.
    options = {"runOnly": {"type": "tag", "values": TAGS}, "preload": False}
    results = Axe().run(page, options=options)
    found = [
        f"{finding['id']}: {finding['help']}: {[node['html'] for node in finding['nodes']]}"
        for finding in results.response["violations"]
    ]
    troubles = [*found, *_TROUBLES[page]]
    assert not troubles, "\n".join([page.url, *troubles])


def assert_fits(page: Page) -> None:
    """The page is not wider than its window."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"


def assert_tables_fit(page: Page) -> None:
    """No table must be scrolled sideways."""
    wide = page.eval_on_selector_all(
        ".table-scroll",
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.ariaLabel)",
    )
    assert not wide, f"{page.url} has tables wider than their frames: {wide}"


def assert_accessible_wide_and_narrow(page: Page) -> None:
    """Accessible and within the window, tables too, at 1280 and at 320 pixels."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)
        assert_fits(page)
        assert_tables_fit(page)


def press(tab: Page, button: str | Locator) -> None:
    """Click and wait until the page that follows has been loaded."""
    with tab.expect_navigation():
        (tab.locator(button) if isinstance(button, str) else button).click()


def press_for_window(tab: Page, button: str) -> Page:
    """Click and wait for the window that opens; at first it is empty, without any element."""
    with tab.expect_popup() as opened:
        tab.click(button)
    window = opened.value
    window.wait_for_url(re.compile("^https?:"))
    return window
