"""Forms of reviewers: declaring, scoring, discussing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedForm

from ..models import BEST, WORST, Criterion, Review
from .operations import Choice

#: A reason fits into ``Review.conflict``.
REASON_LENGTH = 300
ABSTAIN = "abstain"
_MEANINGS = {WORST: _("1 – weak"), BEST: _("5 – strong")}
SCALE = [
    *((str(value), _MEANINGS.get(value, str(value))) for value in range(WORST, BEST + 1)),
    (ABSTAIN, _("I abstain here")),
]


class DeclarationForm(forms.Form):
    """Nothing is chosen at first; who asked the staff may only say that there is a conflict."""

    choice = forms.ChoiceField(
        label=_("Do you have a conflict of interest?"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "For example: you work or worked for one of the cities, live there, are close to "
            "somebody involved, or would profit from the exchange yourself."
        ),
    )
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed if you have one or are not sure. The programme's staff read it."),
    )

    def __init__(self, *args: Any, is_unsure: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_unsure:
            choices: Any = self.fields["choice"]
            choices.choices = [(Choice.CONFLICT, Choice.CONFLICT.label)]


class StepBackForm(forms.Form):
    """A conflict noticed later."""

    reason = forms.CharField(
        label=_("Why do you step back?"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The programme's staff read it."),
    )


class NoteForm(forms.Form):
    """A word in the panel's discussion."""

    text = forms.CharField(
        label=_("Your note to the panel"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The staff and everybody who handed in a review of this case read it."),
    )


class ReviewForm(VersionedForm):
    """A review: a score for each criterion, a recommendation, two comments.

    Everything may be missing here; ``operations.hand_in`` says what a finished review needs.
    """

    #: A finished review needs most of it, so no field is called optional.
    asks_nothing = True
    read = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    class Meta:
        model = Review
        fields = ["abstains", "recommendation", "for_panel", "for_applicant"]
        widgets = {
            "for_panel": forms.Textarea(attrs={"rows": 6}),
            "for_applicant": forms.Textarea(attrs={"rows": 6}),
        }
        labels = {
            "abstains": _("I abstain from this case altogether"),
            "recommendation": _("What do you recommend?"),
            "for_panel": _("Comment for the panel"),
            "for_applicant": _("Comment for the cities that applied"),
        }
        help_texts = {
            "abstains": _("Your scores then do not count; the comments stay."),
            "for_panel": _(
                "Read by the staff and the other reviewers of this case. The cities never see it."
            ),
            "for_applicant": _(
                "Read by the cities: the staff may quote it in the letter, without your name."
            ),
        }

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        scores: Mapping[int, int | None],
        newest: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.stored_scores, self.newest = criteria, scores, newest
        own = {_name(one): _score_field(one, scores) for one in criteria}
        self.fields = {**own, **self.fields}
        self.fields["recommendation"] = forms.ChoiceField(
            label=self.fields["recommendation"].label,
            choices=Review.Recommendation.choices,
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["read"].initial = newest

    @property
    def scores(self) -> dict[int, int | None]:
        """What was given, by the criterion's key; ``None`` abstains, a missing one is open."""
        given = {one.pk: self.cleaned_data.get(_name(one)) for one in self.criteria}
        return {pk: None if v == ABSTAIN else int(v) for pk, v in given.items() if v}

    def stored_value(self, stored: Any, name: str) -> Any:
        pk = next((one.pk for one in self.criteria if _name(one) == name), None)
        if pk is None:
            return super().stored_value(stored, name)
        return dict(SCALE).get(_shown(self.stored_scores, pk), "–")

    def refuse(self, refusal: ValidationError) -> None:
        """Say beside the field what was refused; a newer version is the one read from now on."""
        code = getattr(refusal, "code", "")
        if code == "scores":
            for one in self.criteria:
                if one.pk not in self.scores:
                    self.add_error(_name(one), _("Give a score or abstain."))
        elif code == "recommendation":
            self.add_error("recommendation", refusal)
        else:
            self.add_error(None, refusal)
        if code == "newer_version":
            data = self.data.copy()
            data[self.add_prefix("read")] = str(self.newest)
            self.data = data


def _name(criterion: Criterion) -> str:
    return f"score-{criterion.pk}"


def _shown(scores: Mapping[int, int | None], pk: int) -> str:
    """The choice that stands for the stored score; empty while there is none."""
    if pk not in scores:
        return ""
    value = scores[pk]
    return ABSTAIN if value is None else str(value)


def _score_field(criterion: Criterion, scores: Mapping[int, int | None]) -> forms.ChoiceField:
    hint = [escape(criterion.hint)] if criterion.hint else []
    weight = _("Weight %(weight)s.") % {"weight": criterion.weight}
    return forms.ChoiceField(
        label=criterion.name,
        choices=SCALE,
        widget=forms.RadioSelect,
        required=False,
        initial=_shown(scores, criterion.pk),
        help_text=" ".join([*hint, str(weight)]),
    )
