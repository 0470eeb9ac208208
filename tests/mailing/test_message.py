"""The bytes of a message, read back with the standard library's parser."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mailing.message import Unfinished, build, envelope_sender, fill
from mailing.models import Mail
from mailing.registry import Links

CALENDAR = "BEGIN:VCALENDAR\nDESCRIPTION:Köln [[answer]]\nEND:VCALENDAR\n"


def make(**extra) -> Mail:
    values = {
        "to": "amt@stadt.example",
        "language": "de",
        "subject": "Einladung",
        "text": "Guten Tag",
        "message_id": "<0123456789abcdef0123456789abcdef@ude.example>",
    }
    return Mail(**{**values, **extra})


def read(mail: Mail, links: Links | None = None):
    raw = build(mail, links or Links())
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def test_the_headers_say_what_a_machine_needs_to_know(settings):
    settings.DEFAULT_FROM_EMAIL = "Büro für Städte <ude@skew.example>"
    message = read(make(reply_to="tagung@skew.example"))
    assert abs(parsedate_to_datetime(message["Date"]) - timezone.now()) < timedelta(minutes=1)
    del message["Date"]
    assert message.items() == [
        ("From", "Büro für Städte <ude@skew.example>"),
        ("To", "amt@stadt.example"),
        ("Subject", "Einladung"),
        ("Message-ID", "<0123456789abcdef0123456789abcdef@ude.example>"),
        ("Content-Language", "de"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("MIME-Version", "1.0"),
        ("Reply-To", "tagung@skew.example"),
        ("Content-Type", 'text/plain; charset="utf-8"'),
        ("Content-Transfer-Encoding", "quoted-printable"),
    ]


def test_headers_of_the_kind_are_added():
    links = Links(headers={"List-Unsubscribe": "<https://ude.example/u>", "X-Ö": "x"})
    with pytest.raises(Unfinished, match="X-Ö"):
        build(make(), links)
    links = Links(headers={"List-Unsubscribe": "<https://ude.example/u>"})
    assert read(make(), links)["List-Unsubscribe"] == "<https://ude.example/u>"


@pytest.mark.parametrize("value", ["a\r\nBcc: x@evil.example", "a\nb", "a\rb", "a\0b", "ä\r\nb"])
@pytest.mark.parametrize("place", ["subject", "to", "reply_to", "message_id", "header"])
def test_a_line_break_never_reaches_a_header(value, place):
    links = Links(headers={"X-Test": value} if place == "header" else {})
    mail = make(**({place: value} if place != "header" else {}))
    try:
        message = read(mail, links)
    except (Unfinished, UnicodeError):
        return
    assert message["Bcc"] is None
    assert len(message.items()) <= 12


def test_text_alone_is_a_plain_message():
    message = read(make(text="Grüße aus Köln\n\n.\n.Punkt\nlang " + "ä" * 500 + "\n"))
    assert message.get_content_type() == "text/plain"
    content = message.get_content().replace("\r\n", "\n")
    assert content == "Grüße aus Köln\n\n.\n.Punkt\nlang " + "ä" * 500 + "\n"


def test_text_and_html_are_alternatives_with_their_links():
    links = Links({"answer": 'https://ude.example/i/x?a=1&b="2"'})
    message = read(make(text="[[answer]]", html='<a href="[[answer]]">[[answer]]</a>'), links)
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert plain.get_content() == 'https://ude.example/i/x?a=1&b="2"'
    safe = "https://ude.example/i/x?a=1&amp;b=&quot;2&quot;"
    assert html.get_content() == f'<a href="{safe}">{safe}</a>'


def test_a_calendar_is_an_alternative_and_a_file():
    mail = make(html="<p>x</p>", calendar=CALENDAR, calendar_method="REQUEST")
    message = read(mail, Links({"answer": "https://ude.example/" + "x" * 80}))
    assert message.get_content_type() == "multipart/mixed"
    bodies, attached = message.iter_parts()
    inline = list(bodies.iter_parts())[-1]
    for part in (inline, attached):
        assert part.get_content_type() == "text/calendar"
        assert part["Content-Type"].params["method"] == "REQUEST"
    assert attached.get_filename() == "invite.ics"
    content = attached.get_content()
    assert content == inline.get_content()
    assert max(len(line.encode()) for line in content.split("\r\n")) <= 75
    assert "DESCRIPTION:Köln https://ude.example/xxx" in content.replace("\r\n ", "")


def test_a_placeholder_that_nothing_fills_stops_the_message():
    for change in ({"text": "[[answer]]"}, {"html": "[[answer]]"}, {"calendar": "[[answer]]"}):
        with pytest.raises(Unfinished, match=r"nothing fills \[\[answer\]\]"):
            build(make(**change), Links())


def test_filling_replaces_every_placeholder_once():
    assert fill("[[a]] [[b]] [[a]]", {"a": "[[b]]", "b": "2"}) == "[[b]] 2 [[b]]"


def test_text_that_is_no_unicode_stops_the_message():
    with pytest.raises(UnicodeError):
        build(make(text="\ud800"), Links())


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=250))
def test_any_subject_comes_back_as_it_was(subject):
    subject = " ".join(subject.split())
    if not subject.isprintable():
        return
    assert read(make(subject=subject))["Subject"] == subject


@given(
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r[\0"), max_size=900)
)
def test_any_text_comes_back_as_it_was(text):
    content = read(make(text=text)).get_content().replace("\r\n", "\n")
    assert content.removesuffix("\n") == text.removesuffix("\n")


def test_bounces_go_to_the_bare_sender(settings):
    settings.DEFAULT_FROM_EMAIL = "UDE <ude@städte.example>"
    assert envelope_sender() == "ude@xn--stdte-hra.example"
