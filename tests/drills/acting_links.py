"""The portal's addresses and a link that answers when it is opened, as many products have it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from events import operations
from events.tokens import invitation_for
from ude_portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def no_by_get(request: HttpRequest, token: str) -> HttpResponse:
    invitation = invitation_for(token)
    if invitation is not None:
        operations.answer(invitation=invitation, choice="no")
    return HttpResponse("Thank you for your answer.")


urlpatterns = [path("i/<token:token>/no/", no_by_get, name="no_by_get"), *urlpatterns]
