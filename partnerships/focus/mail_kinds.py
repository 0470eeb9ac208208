"""The kinds of mail about choosing topics, for the outbox."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import TopicRanking
from . import mails


def rankings() -> QuerySet[TopicRanking]:
    """What these mails are about: the list of the city they go to."""
    return TopicRanking.objects.select_related("round__partnership", "party__city")


def page(mail: Mail, ranking: TopicRanking | None) -> Links | Stale:
    """The link to the topics of the partnership in the city's own office."""
    if ranking is None:
        return Stale("gone")
    arguments = [ranking.party.city.slug, ranking.round.partnership.slug]
    with translation.override(mail.language):
        return Links({"page": settings.SITE_URL + reverse("office:topics", args=arguments)})


def turn(mail: Mail, ranking: TopicRanking | None) -> Links | Stale:
    """Who has submitted since needs no reminder."""
    if ranking is not None and ranking.submitted_at:
        return Stale("answered")
    return page(mail, ranking)


KINDS = (
    Kind(mails.YOUR_TURN, _("another city has chosen its topics"), turn, about=rankings),
    Kind(mails.REVEALED, _("result of choosing topics"), page, about=rankings),
)


def register_kinds() -> None:
    register(*KINDS)
