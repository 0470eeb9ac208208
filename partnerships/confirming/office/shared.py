"""What an office sees of its partnerships."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...commitments.policies import may_promise
from ...merging.history import history_of
from ...models import Commitment, Partnership
from ...offices.door import Office, office_page
from ...policies import May
from ...portraits import timeline
from ..differences import choices, differences
from ..facts import ASKED, values_of
from ..forms import UploadForm
from ..standing import Standing, standing
from ..steps import SHARED, State, may_be_taken_back
from .fetching import other_parties, own_party, partnership_or_404

#: What stands where, in this order: drafts, what waits, what is settled, what may be claimed.
GROUPS = (
    ("drafts", (State.DRAFT,)),
    ("waiting", (State.AWAITING_PARTNER, State.NEEDS_RECONFIRMATION)),
    ("active", (State.ACTIVE,)),
    ("listed", (State.LISTED,)),
    ("resting", (State.DORMANT, State.ENDED)),
)
TIMELINE_LENGTH = 30


@office_page(May.READ)
@require_safe
def partnerships(request: HttpRequest, office: Office) -> HttpResponse:
    """The city's partnerships by what there is to do."""
    found = list(Partnership.objects.of_office(office.city))
    groups = [(name, [one for one in found if one.state in states]) for name, states in GROUPS]
    context = {"office": office, "tab": "partnerships", "groups": groups}
    return render(request, "partnerships/confirming/partnerships.html", context)


@office_page(May.READ)
@require_safe
def partnership(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """One partnership: facts, who confirmed, differences, papers, history."""
    found = partnership_or_404(office, slug)
    if found.state == State.DRAFT and office.may_edit:
        return redirect(office.address("draft", slug))
    return render(request, "partnerships/confirming/partnership.html", page_of(office, found))


def page_of(office: Office, partnership: Partnership, **more: Any) -> dict[str, Any]:
    """The context of the page of one partnership."""
    values = values_of(partnership)
    own = own_party(office, partnership)
    is_shared = partnership.state in SHARED
    places, differing = standing(partnership), differences(partnership)
    mine = next(one for one in places if one.party == own)
    is_one_click = is_shared and is_asked_again(mine) and not differing
    return {
        "office": office,
        "tab": "partnerships",
        "partnership": partnership,
        "facts": [(fact.label, fact.shown(values[fact.name])) for fact in ASKED],
        "standing": places if is_shared else [],
        "differences": [(one, choices(one, own)) for one in differing],
        "may_claim": office.may_sign and partnership.state == State.LISTED,
        "may_confirm": office.may_sign and is_shared and mine.state != "confirmed",
        "waits_for_signer": not office.may_sign and waits_for_us(partnership, mine),
        "still_right_by": own.confirmed_office if is_one_click else "",
        "has_declined": any(one.state == "declined" for one in places),
        "may_take_back": office.may_sign and may_take_back(office, partnership),
        "may_settle": office.may_sign and is_shared,
        "askable": askable(office, partnership, places) if office.may_sign and is_shared else [],
        "commitments": late_marked(partnership),
        "takes_commitments": may_promise(partnership),
        "upload": UploadForm() if office.may_edit else None,
        "files": partnership.files.select_related("city"),
        "timeline": timeline(
            history_of(partnership)[:TIMELINE_LENGTH],
            [one.city for one in places],
            with_reasons=True,
        ),
        **more,
    }


def late_marked(partnership: Partnership) -> list[tuple[Commitment, bool]]:
    """What the cities promised, the open ones first, each with whether it is late."""
    today = timezone.localdate()
    found = partnership.commitments.in_order().with_names()
    return [(one, one.is_late(today)) for one in found]


def waits_for_us(partnership: Partnership, mine: Standing) -> bool:
    """Whether this city's word is missing: “This is ours”, or an answer."""
    is_shared = partnership.state in SHARED
    return partnership.state == State.LISTED or (is_shared and mine.state != "confirmed")


def is_asked_again(mine: Standing) -> bool:
    """A yearly check of a city that has confirmed before."""
    return mine.state == "missing" and mine.party.confirmed_at is not None


def may_take_back(office: Office, partnership: Partnership) -> bool:
    """The registering city may, until another one confirmed and as soon as one declined."""
    mine = partnership.started_by_id == office.city.pk
    is_waiting = partnership.state == State.AWAITING_PARTNER
    return mine and is_waiting and may_be_taken_back(other_parties(office, partnership))


def askable(office: Office, partnership: Partnership, places: list[Standing]) -> list[Any]:
    """Other cities whose confirmation is missing, with the last request to each."""
    missing = {one.party.pk for one in places if one.state != "confirmed"}
    return [
        (party, party.requests.order_by("-round").first())
        for party in other_parties(office, partnership)
        if party.pk in missing
    ]
