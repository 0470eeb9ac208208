"""Forms with which staff check a case and ask people to review it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.pickers import DateInput

from ..models import Application, Review, Reviewer
from . import conflicts
from .conflicts import Hint

#: Days reviewers have unless staff say otherwise.
USUAL_DAYS = 14
Candidate = tuple[User, list[Hint]]


class CheckForm(forms.Form):
    """The tick of the formal check."""

    is_checked = forms.BooleanField(
        label=_("I have checked that the application is complete and fits the call"),
    )
    note = forms.CharField(
        label=_("Note for the file"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only the staff read it. Needed where the call asks for something that is missing."
        ),
    )


class AssignForm(forms.Form):
    """Who reviews, and until when; who may not is named with the reason and cannot be chosen."""

    reviewers = forms.MultipleChoiceField(
        label=_("Who shall review?"), widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(
        label=_("Review due"),
        widget=DateInput(),
    )

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(user.pk): user for user, hints in candidates if not _ruled_out(hints)}
        self.ruled_out = [(user, hints) for user, hints in candidates if _ruled_out(hints)]
        choices: Any = self.fields["reviewers"]
        choices.choices = [
            (str(user.pk), _label(user, hints))
            for user, hints in candidates
            if not _ruled_out(hints)
        ]
        self.initial = {"due_on": timezone.localdate() + dt.timedelta(days=USUAL_DAYS)}

    @property
    def people(self) -> list[User]:
        return [self._people[pk] for pk in self.cleaned_data["reviewers"]]


class SettleForm(forms.Form):
    """Whether somebody who was unsure may review."""

    may_review = forms.TypedChoiceField(
        choices=[("yes", _("May review")), ("no", _("Does not review"))],
        coerce=lambda value: value == "yes",
    )


def candidates(application: Application, reviews: list[Review]) -> list[Candidate]:
    """Active reviewers who are not asked yet, with what speaks against them."""
    asked = [review.reviewer_id for review in reviews]
    found = Reviewer.objects.filter(is_active=True, user__is_active=True).exclude(user__in=asked)
    people = [one.user for one in found.select_related("user")]
    hints = conflicts.hints(people, conflicts.cities_of(application))
    return [(person, hints[person.pk]) for person in people]


def _ruled_out(hints: list[Hint]) -> bool:
    return any(hint.kind.rules_out for hint in hints)


def _label(person: User, hints: list[Hint]) -> str:
    return f"{person} – {'; '.join(one.for_staff for one in hints)}" if hints else str(person)
