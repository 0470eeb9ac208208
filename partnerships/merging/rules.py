"""The registry's own relations: which rows move, and what becomes of doubles."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import MOST_CARDS
from .registry import MOVE, STAY, Doubles, Rule, register

_SAME_ROLE = _("The person has this role in the city that stays already.")
_SAME_DOMAIN = _("The city that stays has this domain already.")
_NO_SLOT = _("A city has five cards of each kind; those over that stay where they are.")
_OWN_ROUNDS = _("The cities have chosen topics in the partnership that stays; that holds.")
_OWN_TOPICS = _("The partnership that stays has topics of its own; they hold.")
_BOTH_CITIES = _(
    "Both cities belong to one partnership, so they are not doubled; or this partnership is wrong "
    "and has to be corrected first."
)
_WISH = _("Both cities wait for or have the same contact; the wish of the merged one is withdrawn.")
_REQUEST = _("The person asked for a role in both cities; the request to the merged one is closed.")
_INVITED = _("The person is invited to both offices; the invitation of the merged one is closed.")
_ONE_QUESTION = _("Open questions to the cities end; those of the partnership that stays hold.")


def _wishes(other_end: str) -> Rule:
    """A wish between the two cities themselves stays: nobody asks their own city."""
    ending = {"state": "withdrawn", "ended_at": timezone.now}
    return Rule(doubles=Doubles.END, because=_WISH, ending=ending, not_with=other_end)


OF_A_CITY = {
    "partnerships.Position.city": MOVE,
    "partnerships.Membership.city": Rule(doubles=Doubles.STAY, because=_SAME_ROLE),
    "partnerships.Card.city": Rule(
        doubles=Doubles.STAY, because=_NO_SLOT, number="slot", most=MOST_CARDS
    ),
    "partnerships.ContactWish.asking": _wishes("asked"),
    "partnerships.ContactWish.asked": _wishes("asking"),
    "partnerships.ContactWish.shared_partner": MOVE,
    "partnerships.Party.city": Rule(because=_BOTH_CITIES, label=_("Partnerships")),
    "partnerships.Partnership.started_by": Rule(label=_("Partnerships it registered")),
    "partnerships.TopicRound.opened_for": MOVE,
    "partnerships.Import_new_cities.city": STAY,
    "partnerships.CityDomain.city": Rule(doubles=Doubles.STAY, because=_SAME_DOMAIN),
    "partnerships.RoleRequest.city": Rule(
        doubles=Doubles.END,
        because=_REQUEST,
        ending={"state": "withdrawn", "decided_at": timezone.now},
    ),
    "partnerships.OfficeInvitation.city": Rule(
        doubles=Doubles.END, because=_INVITED, ending={"ended_at": timezone.now}
    ),
    "partnerships.Handover.city": MOVE,
    "partnerships.CityProposal.by_city": MOVE,
    "partnerships.CityProposal.city": MOVE,
    "partnerships.AgreementFile.city": MOVE,
    "partnerships.City.merged_into": MOVE,
    "partnerships.Merge.kept_city": STAY,
    "partnerships.Merge.merged_city": STAY,
}
#: What the cities state and confirmed stays: the facts of the partnership that stays hold.
OF_A_PARTNERSHIP = {
    "partnerships.Party.partnership": STAY,
    "partnerships.PartnershipTopic.partnership": Rule(only_if_none=True, because=_OWN_TOPICS),
    "partnerships.Partnership_signatories.partnership": STAY,
    "partnerships.Partnership_organisations.partnership": STAY,
    "partnerships.ImportRow.partnership": STAY,
    "partnerships.CityProposal.partnership": MOVE,
    "partnerships.AgreementFile.partnership": MOVE,
    "partnerships.TopicRound.partnership": Rule(only_if_none=True, because=_OWN_ROUNDS),
    "partnerships.Commitment.partnership": MOVE,
    "partnerships.Partnership.merged_into": MOVE,
    "partnerships.Merge.kept_partnership": STAY,
    "partnerships.Merge.merged_partnership": STAY,
}
OF_A_PARTY = {
    "partnerships.ConfirmationRequest.party": Rule(
        stays=True,
        because=_ONE_QUESTION,
        ending={"replaced_at": timezone.now},
        open_ones=Q(replaced_at__isnull=True, answered_at__isnull=True),
    ),
    "partnerships.Confirmation.party": MOVE,
    "partnerships.FactConfirmation.party": STAY,
    "partnerships.Commitment.party": MOVE,
    "partnerships.TopicRanking.party": Rule(
        goes_with=("round_id", "partnerships.TopicRound.partnership")
    ),
}


def register_rules() -> None:
    for relation, rule in {**OF_A_CITY, **OF_A_PARTNERSHIP, **OF_A_PARTY}.items():
        register(relation, rule)
