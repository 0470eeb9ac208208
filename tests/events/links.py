"""Following a personal link in tests, as a browser does."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from events.models import Event, Invitation
from events.tokens import token_for
from tests.factories import make_event, make_pool


def open_url(invitation: Invitation) -> str:
    return reverse("invitation:open", args=[token_for(invitation)])


def page_url(invitation: Invitation, name: str = "page") -> str:
    return reverse(f"invitation:{name}", args=[invitation.public_id])


def enter(client: Client, invitation: Invitation, language: str = "") -> Any:
    """Open the link and land on the page."""
    client.get(open_url(invitation))
    return client.get(page_url(invitation) + (f"?language={language}" if language else ""))


def post_answer(client: Client, invitation: Invitation, choice: str, **data: Any) -> Any:
    client.get(open_url(invitation))
    data = {"choice": choice, "consented": "on", **data}
    return client.post(page_url(invitation, "answer"), data)


def open_event(room: int = 2, online: int = 2, **extra: Any) -> Event:
    event = make_event(**extra)
    make_pool(event, "speak", "room", room)
    make_pool(event, "speak", "online", online)
    return event


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, except Django's sessions."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model is not Session
    }
