"""An office's pages about the topics of its partnerships."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sdg.models import Goal, Topic

from ..merging.leading import standing_or_404
from ..models import MOST_GOALS, MOST_TOPICS, Partnership, TopicRound
from ..offices.door import Office, office_page
from ..policies import May
from . import boards, operations
from .forms import GoalsForm, RankingForm
from .policies import may_agree


@office_page(May.READ)
@require_safe
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """The office's partnerships with what they agreed and whose turn it is."""
    return render(
        request,
        "partnerships/focus/index.html",
        {"office": office, "rows": boards.rows(office.city)},
    )


@office_page(May.READ)
@require_safe
def topics(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """What the cities agreed, and how far choosing is."""
    board = boards.board(_partnership(office, slug), office.city)
    return render(
        request,
        "partnerships/focus/topics.html",
        {"office": office, "partnership": board.partnership, "board": board, "tab": "topic_index"},
    )


@office_page(May.EDIT)
@require_safe
def ranking(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """The private list; between two rounds there is none to fill in."""
    partnership = _partnership(office, slug)
    open_round = _open_round(partnership, office)
    if open_round is None or not may_agree(partnership):
        return redirect(office.address("topics", slug))
    form = RankingForm(open_round=open_round, topics=Topic.objects.all())
    return _ranking_page(request, office, partnership, form)


@office_page(May.EDIT)
@require_POST
def rank(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Keep the list for later, or with ``submit`` submit it."""
    partnership = _partnership(office, slug)
    open_round = _open_round(partnership, office)
    shown = open_round or boards.nothing_open()
    form = RankingForm(request.POST, open_round=shown, topics=Topic.objects.all())
    if not form.is_valid():
        return _ranking_page(request, office, partnership, form)
    is_final = "submit" in request.POST
    act = operations.submit_ranking if is_final else operations.save_ranking
    try:
        done = act(
            partnership=partnership,
            city=office.city,
            number=form.cleaned_data["number"],
            topics=form.topics,
            seen_version=form.cleaned_data["seen_version"],
            by=office.user,
        )
    except ValidationError as refusal:
        form.refuse(refusal, _open_round(partnership, office))
        return _ranking_page(request, office, partnership, form)
    messages.success(request, _told(done))
    return redirect(office.address("topics", slug))


@office_page(May.EDIT)
@require_POST
def reopen(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Start a new round and go straight to the list."""
    partnership = _partnership(office, slug)
    try:
        operations.reopen(partnership=partnership, city=office.city, by=office.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(office.address("topics", slug))
    return redirect(office.address("ranking", slug))


@office_page(May.EDIT)
@require_safe
def goals(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Which goals the agreed focus serves."""
    partnership = _partnership(office, slug)
    round = _agreed(partnership)
    if round is None:
        return redirect(office.address("topics", slug))
    return _goals_page(request, office, partnership, _goals_form(None, round))


@office_page(May.EDIT)
@require_POST
def choose_goals(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Save the goals with their reasons."""
    partnership = _partnership(office, slug)
    round = _agreed(partnership)
    if round is None:
        return redirect(office.address("topics", slug))
    form = _goals_form(request.POST, round)
    if not form.is_valid():
        return _goals_page(request, office, partnership, form)
    try:
        operations.choose_goals(
            round=round,
            whys=form.whys,
            language=get_language() or "de",
            seen_version=form.cleaned_data["seen_version"],
            by=office.user,
        )
    except ValidationError as refusal:
        form.refuse(refusal, TopicRound.objects.get(pk=round.pk))
        return _goals_page(request, office, partnership, form)
    messages.success(request, _("The goals are saved."))
    return redirect(office.address("topics", slug))


def _partnership(office: Office, slug: str) -> Partnership:
    """One of the city's own; somebody's draft does not exist yet."""
    own = Partnership.objects.filter(parties__city=office.city)
    return standing_or_404(own.exclude(state=Partnership.State.DRAFT), slug)


def _open_round(partnership: Partnership, office: Office) -> boards.OpenRound | None:
    is_first = not partnership.topic_rounds.revealed().exists()
    return boards.open_round(partnership, office.city, is_first=is_first)


def _agreed(partnership: Partnership) -> TopicRound | None:
    """The round whose focus holds, while its goals may be chosen."""
    return partnership.topic_rounds.with_focus().first() if may_agree(partnership) else None


def _told(done: Any) -> str:
    if not isinstance(done, TopicRound):
        return _("Your list is saved. Nobody else sees it.")
    if done.revealed_at:
        return _("All cities have submitted. This is the result.")
    return _("Your list is submitted. The result appears when all cities have submitted.")


def _goals_form(data: Any, round: TopicRound) -> GoalsForm:
    offered = Goal.objects.filter(topics__focus_links__round=round).distinct()
    return GoalsForm(data, round=round, goals=offered.first_things_first())


def _ranking_page(
    request: HttpRequest, office: Office, partnership: Partnership, form: RankingForm
) -> HttpResponse:
    open_round = _open_round(partnership, office)
    context = {
        "office": office,
        "partnership": partnership,
        "form": form,
        "open": open_round,
        "most": MOST_TOPICS,
        "tab": "topic_index",
    }
    return render(request, "partnerships/focus/ranking.html", context)


def _goals_page(
    request: HttpRequest, office: Office, partnership: Partnership, form: GoalsForm
) -> HttpResponse:
    context = {
        "office": office,
        "partnership": partnership,
        "form": form,
        "most": MOST_GOALS,
        "tab": "topic_index",
    }
    return render(request, "partnerships/focus/goals.html", context)
