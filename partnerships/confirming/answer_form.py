"""The form with which a city that was asked answers, by link or signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..models import Confirmation, ConfirmationRequest, Party
from .fact_fields import as_value, clean_agreed_on, clean_year, fields_of, one_line
from .facts import ASKED, FACTS, Fact, Value, values_of

#: Facts that offer all there is, by the names under which pages show it.
SAME_NAMES = ("organisations", "topics")
RIGHT, DIFFERS = "right", "differs"
HANDED_OVER = "handed_over"


@dataclass(frozen=True)
class FactRow:
    """One fact of the answer form: what stands there, and the three fields about it."""

    label: Any
    shown: str
    verdict: BoundField
    value: BoundField
    comment: BoundField


class AnswerForm(forms.Form):
    """Is it as stated? One choice for all of it, or one for each fact; nothing is pre-selected.

    With ``request`` somebody came by link and gives a name; otherwise they are signed in.
    """

    outcome = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the answers.")},
    )
    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    office = forms.CharField(
        label=_("Your office"),
        help_text=_("In which office you answer for your city, for example “Head of protocol”."),
        max_length=150,
    )
    message = forms.CharField(
        label=_("Message to the other cities"),
        help_text=_("At most 1,000 characters."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    new_email = forms.EmailField(
        label=_("Address of the person responsible"),
        required=False,
        help_text=_("Only when you pass the question on. This link then ends."),
    )

    def __init__(
        self,
        *args: Any,
        party: Party,
        request: ConfirmationRequest | None = None,
        is_yearly: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.request = party, request
        self.shared = values_of(party.partnership)
        choices: Any = self.fields["outcome"]
        choices.choices = outcomes(is_yearly=is_yearly, by_link=request is not None)
        if request is None:
            del self.fields["name"], self.fields["new_email"]
        if is_yearly:
            self.initial = _said_before(request) if request else {"office": party.confirmed_office}
        values = fields_of(party.partnership)
        for fact in ASKED:
            self._add(fact, values[fact.name])

    def _add(self, fact: Fact, value: forms.Field) -> None:
        label = str(fact.label)
        verdicts = [(RIGHT, _("right")), (DIFFERS, _("differs"))]
        self.fields[f"{fact.name}_verdict"] = forms.ChoiceField(
            label=_("%(fact)s: is this right?") % {"fact": label},
            choices=verdicts,
            widget=forms.RadioSelect,
            required=False,
        )
        value.label = _("%(fact)s by your knowledge") % {"fact": label}
        self.fields[f"{fact.name}_value"] = value
        self.fields[f"{fact.name}_comment"] = forms.CharField(
            label=_("%(fact)s: comment") % {"fact": label}, max_length=500, required=False
        )

    @cached_property
    def shown(self) -> dict[str, str]:
        """The shared value of each fact in the reader's language, by the fact's name."""
        return {fact.name: self._shown(fact) for fact in ASKED}

    def _shown(self, fact: Fact) -> str:
        """What the form offers under the same name needs no look-up."""
        value = self.shared[fact.name]
        if value and fact.name in SAME_NAMES:
            offered: Any = self.fields[f"{fact.name}_value"]
            return ", ".join(name for slug, name in offered.choices if slug in value)
        return fact.shown(value)

    def rows(self) -> Iterator[FactRow]:
        for fact in ASKED:
            fields = [self[f"{fact.name}_{part}"] for part in ("verdict", "value", "comment")]
            yield FactRow(fact.label, self.shown[fact.name], *fields)

    def clean_office(self) -> str:
        return one_line(self.cleaned_data["office"])

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_year_value(self) -> int | None:
        return clean_year(self.cleaned_data["year_value"])

    def clean_agreed_on_value(self) -> str | None:
        return clean_agreed_on(self.cleaned_data["agreed_on_value"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if (
            outcome == HANDED_OVER
            and not cleaned.get("new_email")
            and "new_email" not in self.errors
        ):
            self.add_error(
                "new_email", ValidationError(_("Please enter an address."), code="required")
            )
        if outcome == Confirmation.Outcome.DIFFERS:
            self._clean_facts(cleaned)
        else:
            self._forget_facts()
        return cleaned

    def _clean_facts(self, cleaned: dict[str, Any]) -> None:
        """Every fact has a verdict, at least one differs, and where it does it is said how."""
        verdicts = {fact.name: cleaned.get(f"{fact.name}_verdict") for fact in ASKED}
        for name, verdict in verdicts.items():
            if not verdict and f"{name}_verdict" not in self.errors:
                self.add_error(
                    f"{name}_verdict",
                    ValidationError(_("Please say whether this is right."), code="required"),
                )
            if verdict == DIFFERS:
                self._clean_difference(name, cleaned)
        if set(verdicts.values()) == {RIGHT}:
            self.add_error(
                "outcome",
                ValidationError(
                    _("You said that every single fact is right. Please choose that answer."),
                    code="nothing_differs",
                ),
            )

    def _clean_difference(self, name: str, cleaned: dict[str, Any]) -> None:
        if f"{name}_value" in self.errors:
            return
        value = as_value(cleaned.get(f"{name}_value"))
        has_comment = bool(cleaned.get(f"{name}_comment"))
        if value == self.shared[name] or (value in (None, "", []) and not has_comment):
            self.add_error(
                f"{name}_value",
                ValidationError(_("Please give the value by your knowledge."), code="same"),
            )

    def _forget_facts(self) -> None:
        """Who answers for all of it is not held up by a field of a single fact."""
        for name in [one for one in self.errors if one.rpartition("_")[0] in FACTS]:
            del self.errors[name]

    @property
    def is_handed_over(self) -> bool:
        return self.cleaned_data["outcome"] == HANDED_OVER

    @property
    def has_fact_errors(self) -> bool:
        return any(one.rpartition("_")[0] in FACTS for one in self.errors)

    def said(self) -> dict[str, dict[str, Value]]:
        """Value and comment of each fact that differs or has a comment."""
        if self.cleaned_data["outcome"] != Confirmation.Outcome.DIFFERS:
            return {}
        found = {}
        for fact in ASKED:
            differs = self.cleaned_data[f"{fact.name}_verdict"] == DIFFERS
            comment = one_line(self.cleaned_data[f"{fact.name}_comment"])
            stated = as_value(self.cleaned_data[f"{fact.name}_value"])
            if differs or comment:
                value = stated if differs else self.shared[fact.name]
                found[fact.name] = {"value": value, "comment": comment}
        return found

    def answer(self) -> dict[str, Any]:
        """The arguments for ``operations.confirm``."""
        return {
            "outcome": self.cleaned_data["outcome"],
            "said": self.said(),
            "name": self.cleaned_data.get("name", ""),
            "office": self.cleaned_data["office"],
            "message": self.cleaned_data["message"],
        }


def outcomes(*, is_yearly: bool, by_link: bool) -> list[tuple[str, Any]]:
    """The answers a city can choose from."""
    outcome = Confirmation.Outcome
    if is_yearly:
        found = [
            (outcome.RIGHT.value, _("Yes, this is still right")),
            (outcome.DIFFERS.value, _("Something has changed")),
            (outcome.ENDED.value, _("The partnership has ended")),
        ]
    else:
        found = [
            (outcome.RIGHT.value, _("All of this is right")),
            (outcome.DIFFERS.value, _("Some of it differs")),
            (outcome.NOT_OURS.value, _("We do not confirm this partnership")),
        ]
    if by_link:
        found.append((HANDED_OVER, _("Somebody else answers this: pass the question on")))
    return found


def _said_before(request: ConfirmationRequest) -> dict[str, str]:
    """Name and office that the same address gave last time; who answers is still to be checked."""
    before = (
        Confirmation.objects.filter(party=request.party_id, email__iexact=request.email)
        .exclude(review=Confirmation.Review.REFUSED)
        .first()
    )
    return {"name": before.name, "office": before.office} if before else {}
