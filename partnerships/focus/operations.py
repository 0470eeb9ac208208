"""Ranking, revealing, reopening, choosing goals: every move locks the partnership first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue_all, one_line
from sdg.models import Goal, Topic

from .. import office_mail
from ..models import (
    MOST_GOALS,
    MOST_TOPICS,
    WHY_LENGTH,
    City,
    FocusGoal,
    FocusTopic,
    Partnership,
    PartnershipTopic,
    Party,
    TopicChoice,
    TopicRanking,
    TopicRound,
)
from ..operations import refresh
from . import agreement, mails
from .policies import may_agree


@transaction.atomic
def save_ranking(
    *,
    partnership: Partnership,
    city: City,
    number: int,
    topics: Sequence[int],
    seen_version: int,
    by: User,
) -> TopicRanking:
    """Keep a city's list for later, seen by nobody else; ``topics`` are primary keys in order.

    ``number`` and ``seen_version`` are what the person saw: the round, the version of the list.
    Raises ``ValidationError``: ``not_now``, ``round_over``, ``conflict``, ``submitted``,
    ``too_many``, ``twice`` or ``unknown_topic``.
    """
    ranking = _ranking(_lock(partnership), city, number)
    _check_topics(topics)
    if _topics_of(ranking) == list(topics):
        return ranking
    if ranking.submitted_at:
        raise ValidationError(_("Your city has submitted its list already."), code="submitted")
    _write(ranking, topics, seen_version)
    return ranking


@transaction.atomic
def submit_ranking(
    *,
    partnership: Partnership,
    city: City,
    number: int,
    topics: Sequence[int],
    seen_version: int,
    by: User,
) -> TopicRound:
    """Submit a city's list, or change it while others are missing; the last city reveals all.

    Raises ``ValidationError`` as ``save_ranking`` does, and ``empty`` for an empty list.
    """
    partnership = _lock(partnership)
    over = partnership.topic_rounds.revealed().filter(number=number).first()
    if over and _topics_of(over.rankings.filter(party__city=city).first()) == list(topics):
        return over
    ranking = _ranking(partnership, city, number)
    if not topics:
        raise ValidationError(_("Please choose at least one topic."), code="empty")
    _check_topics(topics)
    is_first_time = ranking.submitted_at is None
    if is_first_time or _topics_of(ranking) != list(topics):
        ranking.submitted_at = timezone.now()
        _write(ranking, topics, seen_version)
        record("partnerships.topics_submitted", ranking, by=by)
    if is_first_time:
        _reveal_or_tell(partnership, ranking.round, city, by)
    return ranking.round


@transaction.atomic
def reopen(*, partnership: Partnership, city: City, by: User) -> TopicRound:
    """Start a new round; the agreed focus holds until the next one is revealed.

    Raises ``ValidationError`` (``not_now``).
    """
    partnership = _lock(partnership)
    last = partnership.topic_rounds.order_by("-number").first()
    if last and last.revealed_at is None:
        return last
    fresh = _open(partnership, city, number=last.number + 1 if last else 1)
    if last:
        record("partnerships.topics_reopened", fresh, by=by, within=partnership)
    return fresh


@transaction.atomic
def choose_goals(
    *, round: TopicRound, whys: Mapping[int, str], language: str, seen_version: int, by: User
) -> None:
    """Say which goals the agreed focus serves, each with one line of why, by the goal's number.

    Raises ``ValidationError``: ``not_now``, ``superseded`` for a round that is not the agreed
    focus any more, ``conflict``, ``foreign_goal``, ``too_many`` or ``too_long``.
    """
    partnership = _lock(round.partnership)
    round = TopicRound.objects.get(pk=round.pk)
    if round != partnership.topic_rounds.with_focus().first():
        raise ValidationError(
            _("Meanwhile the cities have agreed on another focus."), code="superseded"
        )
    wanted = {number: one_line(why) for number, why in whys.items() if one_line(why)}
    before = {link.goal_id: link for link in round.goals.all()}
    if wanted == {number: link.why for number, link in before.items()}:
        return
    if round.version != seen_version:
        raise ValidationError(
            _(
                "Somebody else changed the goals while you were editing them. Your input is still "
                "here; compare it with what is stored and save again."
            ),
            code="conflict",
        )
    _check_goals(round, wanted)
    round.goals.all().delete()
    FocusGoal.objects.bulk_create(
        FocusGoal(
            round=round,
            goal_id=number,
            why=why,
            language=_language(before.get(number), why, language),
        )
        for number, why in wanted.items()
    )
    round.save(update_fields=["version"])
    record("partnerships.goals_chosen", round, by=by, within=partnership, count=len(wanted))


def _lock(partnership: Partnership) -> Partnership:
    """The row, locked: two cities that submit at the same time do so one after the other."""
    found = Partnership.objects.select_for_update().filter(pk=partnership.pk).first()
    if found is None or not may_agree(found):
        raise ValidationError(
            _("The cities of this partnership cannot agree on topics at present."), code="not_now"
        )
    return found


def _open(partnership: Partnership, city: City, *, number: int) -> TopicRound:
    fresh = TopicRound.objects.create(partnership=partnership, number=number, opened_for=city)
    _add_lists(fresh, partnership.parties.all())
    return fresh


def _add_lists(round: TopicRound, parties: Iterable[Party]) -> None:
    """An empty list for each city that has none, also for one that joined after the opening."""
    TopicRanking.objects.bulk_create(
        (TopicRanking(round=round, party=party) for party in parties), ignore_conflicts=True
    )


def _ranking(partnership: Partnership, city: City, number: int) -> TopicRanking:
    """The city's list in the open round that the person saw; the first round opens by itself."""
    last = partnership.topic_rounds.order_by("-number").first()
    if last is None and number == 1:
        last = _open(partnership, city, number=1)
    if last is None or last.number != number or last.revealed_at:
        raise ValidationError(
            _(
                "Meanwhile all cities have submitted and the result is shown. "
                "Reopen the topics if you want to change something."
            ),
            code="round_over",
        )
    _add_lists(last, partnership.parties.all())
    return last.rankings.select_related("round").get(party__city=city)


def _check_topics(topics: Sequence[int]) -> None:
    if len(topics) > MOST_TOPICS:
        raise ValidationError(
            _("Please choose at most %(most)s topics.") % {"most": MOST_TOPICS}, code="too_many"
        )
    if len(set(topics)) < len(topics):
        raise ValidationError(_("Please choose each topic once."), code="twice")
    if Topic.objects.filter(pk__in=topics).count() < len(topics):
        raise ValidationError(_("One of the topics does not exist."), code="unknown_topic")


def _topics_of(ranking: TopicRanking | None) -> list[int]:
    if ranking is None:
        return []
    return list(ranking.choices.order_by("rank").values_list("topic", flat=True))


def _write(ranking: TopicRanking, topics: Sequence[int], seen_version: int) -> None:
    """Replace the list, unless a colleague wrote it after the person had seen it."""
    if ranking.version != seen_version:
        raise ValidationError(
            _(
                "A colleague saved this list meanwhile. Your input is still here; "
                "compare it with what is stored and save again."
            ),
            code="conflict",
        )
    ranking.choices.all().delete()
    TopicChoice.objects.bulk_create(
        TopicChoice(ranking=ranking, topic_id=topic, rank=rank)
        for rank, topic in enumerate(topics, 1)
    )
    ranking.save()


def _reveal_or_tell(partnership: Partnership, round: TopicRound, city: City, by: User) -> None:
    """The last city reveals what all have in common; others hear that it is their turn."""
    parties = list(partnership.parties.select_related("city"))
    submitted = round.rankings.filter(submitted_at__isnull=False)
    done = set(submitted.values_list("party", flat=True))
    waiting = [party for party in parties if party.pk not in done]
    if waiting:
        mailboxes = office_mail.recipients([party.city for party in waiting])
        enqueue_all(mails.your_turn(round, parties, city, mailboxes))
        return
    _reveal(partnership, round, parties, by)
    mailboxes = office_mail.recipients([party.city for party in parties])
    enqueue_all(mails.revealed(round, parties, mailboxes))


def _reveal(
    partnership: Partnership, round: TopicRound, parties: Sequence[Party], by: User
) -> None:
    rankings: dict[int, list[int]] = {party.pk: [] for party in parties}
    choices = TopicChoice.objects.filter(ranking__round=round).order_by("rank")
    for party, topic in choices.values_list("ranking__party", "topic"):
        rankings.setdefault(party, []).append(topic)
    topics = agreement.focus(rankings)
    round.revealed_at = timezone.now()
    round.save(update_fields=["revealed_at"])
    FocusTopic.objects.bulk_create(
        FocusTopic(round=round, topic_id=topic, order=order)
        for order, topic in enumerate(topics, 1)
    )
    if topics:
        _feed_directory(partnership, round, topics)
    verb = "partnerships.focus_agreed" if topics else "partnerships.focus_empty"
    record(verb, round, by=by, within=partnership, count=len(topics))


def _feed_directory(partnership: Partnership, round: TopicRound, topics: Sequence[int]) -> None:
    """What the cities agreed takes the place of what others had said about them."""
    partnership.topic_links.exclude(topic__in=topics).delete()
    partnership.topic_links.update(source="", is_demo=round.is_demo)
    PartnershipTopic.objects.bulk_create(
        (
            PartnershipTopic(partnership=partnership, topic_id=topic, is_demo=round.is_demo)
            for topic in topics
        ),
        ignore_conflicts=True,
    )
    refresh(partnership)


def _check_goals(round: TopicRound, wanted: Mapping[int, str]) -> None:
    offered = Goal.objects.filter(topics__focus_links__round=round)
    if not set(wanted) <= set(offered.values_list("pk", flat=True)):
        raise ValidationError(
            _("One of the goals does not belong to the agreed topics."), code="foreign_goal"
        )
    if len(wanted) > MOST_GOALS:
        raise ValidationError(
            _("Please choose at most %(most)s goals.") % {"most": MOST_GOALS}, code="too_many"
        )
    if any(len(why) > WHY_LENGTH for why in wanted.values()):
        raise ValidationError(
            _("Please say it in at most %(most)s characters.") % {"most": WHY_LENGTH},
            code="too_long",
        )


def _language(before: FocusGoal | None, why: str, language: str) -> str:
    """A line that stays as it is keeps the language it was written in."""
    return before.language if before and before.why == why else language
