"""The office's first pages: which city, asking for a role, and what there is to do."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..models import City, Handover, OfficeInvitation, RoleRequest
from ..policies import May
from . import operations
from .door import Office, office_page
from .forms import AskForm
from .handed import sentence
from .waiting import steps

MOST_CITIES = 20
LONGEST_SEARCH = 100


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """The cities a person works for; who has one and nothing else waiting goes straight to it."""
    user = request.user
    cities = list(City.objects.filter(memberships__user=user).distinct())
    requests = RoleRequest.objects.filter(user=user).select_related("city")
    requests = requests.exclude(state=RoleRequest.State.WITHDRAWN).exclude(city__in=cities)
    invitations = OfficeInvitation.objects.open(timezone.now()).select_related("city")
    invitations = invitations.filter(email=user.email)  # type: ignore[misc,union-attr]
    if len(cities) == 1 and not invitations and not any(one.is_open for one in requests):
        return redirect("office:overview", cities[0].slug)
    left = Handover.objects.filter(leaver=user, completed_at__isnull=False)
    context = {
        "cities": cities,
        "requests": requests[:10],
        "invitations": invitations,
        "left": [sentence(one) for one in left.select_related("city").exclude(city__in=cities)],
    }
    return render(request, "partnerships/offices/start.html", context)


@require_safe
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Choose the city, by any of its names."""
    words = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    found = _cities(words) if words else []
    context = {"words": words, "found": found[:MOST_CITIES], "more": len(found) > MOST_CITIES}
    return render(request, "partnerships/offices/ask.html", context)


def _cities(words: str) -> list[City]:
    """One more than is shown; those whose name begins so come first."""
    begins = Q(name_de__istartswith=words) | Q(name_en__istartswith=words)
    first = Case(When(begins, then=0), default=1)
    return list(City.objects.search(words).order_by(first, "sort_key")[: MOST_CITIES + 1])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_city(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a role in one city."""
    city = get_object_or_404(City, slug=slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = operations.ask_for_role(
                user=request.user,  # type: ignore[arg-type]
                city=city,
                role=form.cleaned_data["role"],
                department=form.cleaned_data["department"],
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _asked(request, asked)
    context = {"form": form, "city": city}
    return render(request, "partnerships/offices/ask_city.html", context)


def _asked(request: HttpRequest, asked: RoleRequest) -> HttpResponse:
    if asked.is_open:
        told = _("Your request is on its way. You get a mail as soon as it is decided.")
        messages.success(request, told)
        return redirect("office:start")
    messages.success(request, _("Your address belongs to the city: you can start at once."))
    return redirect("office:overview", asked.city.slug)


@require_POST
def request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    mine = get_object_or_404(RoleRequest, pk=pk, user=request.user)
    operations.withdraw(request=mine, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Your request is taken back."))
    return redirect("office:start")


@office_page(May.READ)
@require_safe
def overview(request: HttpRequest, office: Office) -> HttpResponse:
    """What the office has in hand."""
    partnerships = office.city.partnerships.public()
    waiting = office.city.role_requests.open().count() if office.may_coordinate else 0
    context = {
        "office": office,
        "partnerships": partnerships,
        "waiting": waiting,
        "steps": steps(office),
    }
    return render(request, "partnerships/offices/overview.html", context)
