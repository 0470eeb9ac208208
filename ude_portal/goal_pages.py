"""Goals of the 2030 Agenda and UDE's topics, with the partnerships that work on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.finding.profiles import cities_at_work
from partnerships.folding import sort_key
from partnerships.models import PartnershipTopic
from sdg.models import FIRST_GOALS, Goal, Topic

#: Partnerships that a goal's or topic's page names; the directory shows all of them.
NAMED = 12

#: The five Ps of the Agenda's preamble, in its order, in our words.
FIVE_PS = (
    (Goal.Dimension.PEOPLE, gettext_lazy("End poverty and hunger; a life in dignity for all.")),
    (Goal.Dimension.PLANET, gettext_lazy("Protect climate, water, land and living things.")),
    (
        Goal.Dimension.PROSPERITY,
        gettext_lazy("Economies and cities in which everybody can live well."),
    ),
    (Goal.Dimension.PEACE, gettext_lazy("Just, safe and inclusive societies.")),
    (Goal.Dimension.PARTNERSHIP, gettext_lazy("Work together, across borders and levels.")),
)


@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """Goals 11, 16 and 17 first, then all of them by the five Ps, and the topics."""
    found = list(Goal.objects.order_by("number"))
    context = {
        "first": [goal for goal in found if goal.number in FIRST_GOALS],
        "dimensions": [
            (dimension.label, text, [goal for goal in found if goal.dimension == dimension])
            for dimension, text in FIVE_PS
        ],
        "topics": _sorted(Topic.objects.all()),
        "breadcrumb": [(_("Topics and goals"), "")],
    }
    return render(request, "portal/goals.html", context)


@require_safe
def goal(request: HttpRequest, number: int) -> HttpResponse:
    """One goal: its targets, the topics that serve it, and who works on them."""
    found = get_object_or_404(Goal, number=number)
    context = {
        "goal": found,
        "targets": found.targets.all(),
        "topics": _sorted(found.topics.all()),
        "breadcrumb": [(_("Topics and goals"), reverse("goals")), (str(found), "")],
        **_partnerships(f"goal={number}", topic__goals=number),
        **cities_at_work(topic__goals=number),
    }
    return render(request, "portal/goal.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: the goals it serves, and who works on it."""
    found = get_object_or_404(Topic, slug=slug)
    context = {
        "topic": found,
        "goals": found.goals.first_things_first(),
        "breadcrumb": [(_("Topics and goals"), reverse("goals")), (found.name, "")],
        **_partnerships(f"topic={slug}", topic=found),
        **cities_at_work(topic=found),
    }
    return render(request, "portal/topic.html", context)


def _sorted(topics: Iterable[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda topic: sort_key(topic.name))


def _partnerships(filters: str, **links: Any) -> dict[str, Any]:
    """Partnerships with such topics, each once, and the address of all of them."""
    found = PartnershipTopic.objects.filter(partnership__in_directory=True, **links)
    by_slug: dict[str, tuple[str, str, bool]] = {}
    for slug, title, is_demo in found.order_by("partnership__sort_key", "pk").values_list(
        "partnership__slug", f"partnership__title_{get_language()}", "is_demo"
    ):
        so_far = by_slug.get(slug)
        invented = is_demo and (so_far is None or so_far[2])
        url = reverse("partnerships:partnership", args=[slug])
        by_slug[slug] = (title, url, invented)
    everybody = list(by_slug.values())
    return {
        "partnerships": everybody[:NAMED],
        "partnership_count": len(everybody),
        "all_url": f"{reverse('partnerships:directory')}?{filters}",
        "map_url": f"{reverse('partnerships:map')}?{filters}",
    }
