"""Forms of the staff who decide, and of a city that objects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from journal.pickers import DateInput

from ..models import Application, Decision, LetterBlock, Outcome
from ..sums import SumField
from .letters import defaults
from .operations.drafting import Verdict, Wording

#: Conditions a decision can have.
MOST_CONDITIONS = 5
LONGEST = 3000


def text(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    usual = {"required": False, "max_length": LONGEST, "widget": widget}
    return forms.CharField(label=label, **{**usual, **more})


class DecisionForm(forms.Form):
    """The draft of a decision; ``seen_version`` is the draft's version the page showed."""

    #: What must be filled in depends on the decision, so no field is called optional.
    asks_nothing = True
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    amount = SumField(label=_("Sum granted, in euros"), required=False)
    rank = forms.IntegerField(
        label=_("Place on the reserve list"), required=False, min_value=1, max_value=500
    )
    reason_de = text(_("Reason for the applicant, in German"))
    reason_en = text(_("Reason for the applicant, in English"))
    internal_reason = text(_("Reason for the file"), help_text=_("The cities never see it."))
    blocks = forms.ModelMultipleChoiceField(
        label=_("Paragraphs of the letter"),
        help_text=_("Those for another decision are left out by themselves."),
        queryset=LetterBlock.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, application: Application, draft: Decision | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        blocks: Any = self.fields["blocks"]
        blocks.label_from_instance = _begins
        for number in range(MOST_CONDITIONS):
            self._add_condition(number)
        self.initial = _initial(draft) if draft else {"blocks": defaults(*Outcome.values)}

    def _add_condition(self, number: int) -> None:
        shown = {"number": number + 1}
        self.fields[f"condition_{number}_de"] = forms.CharField(
            label=_("Condition %(number)s, in German") % shown, required=False, max_length=300
        )
        self.fields[f"condition_{number}_en"] = forms.CharField(
            label=_("Condition %(number)s, in English") % shown, required=False, max_length=300
        )
        self.fields[f"condition_{number}_due"] = forms.DateField(
            label=_("Condition %(number)s, until") % shown,
            required=False,
            widget=DateInput(),
        )

    @property
    def rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each condition, with its number."""
        parts = ("de", "en", "due")
        return [
            (number + 1, [self[f"condition_{number}_{part}"] for part in parts])
            for number in range(MOST_CONDITIONS)
        ]

    @property
    def before_rows(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if not one.name.startswith("condition_")]

    @property
    def has_rows(self) -> bool:
        """Whether a condition is written, or refused."""
        fields = [field for _number, row in self.rows for field in row]
        return any(field.value() or field.errors for field in fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(MOST_CONDITIONS):
            has_text = any(cleaned.get(f"condition_{number}_{code}") for code in ("de", "en"))
            if cleaned.get(f"condition_{number}_due") and not has_text:
                sentence = _("Please write the condition.")
                self.add_error(f"condition_{number}_de", ValidationError(sentence, code="missing"))
            due = cleaned.get(f"condition_{number}_due")
            if due and due < timezone.localdate():
                sentence = _("Please give a day that is still to come.")
                self.add_error(f"condition_{number}_due", ValidationError(sentence, code="over"))
        return cleaned

    def verdict(self) -> Verdict:
        """What the operation takes; of a valid form."""
        found = self.cleaned_data
        conditions = [
            (Wording(*texts), found[f"condition_{number}_due"])
            for number in range(MOST_CONDITIONS)
            if any(texts := [found[f"condition_{number}_{code}"] for code in ("de", "en")])
        ]
        return Verdict(
            outcome=Outcome(found["outcome"]),
            amount=found["amount"] or Decimal(0),
            rank=found["rank"],
            reason=Wording(found["reason_de"], found["reason_en"]),
            internal_reason=found["internal_reason"],
            conditions=conditions,
            blocks=[one for one in found["blocks"] if one.outcome in ("", found["outcome"])],
        )

    def conflict(self, draft: Decision | None) -> None:
        """Move on to the stored version, so that saving again is a deliberate choice."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["seen_version"] = str(draft.version) if draft else ""
        self.data = data


class ReleaseForm(forms.Form):
    """Which version of the draft was read."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class TickForm(forms.Form):
    """What is wanted stands in the form: sent twice, it is still that."""

    state = forms.ChoiceField(choices=[("met", _("met")), ("open", _("open"))])
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class ComplaintForm(forms.Form):
    text = text(
        _("What do you object to, and why?"),
        required=True,
        help_text=_("The programme's staff read it and answer in writing."),
    )


class AnswerForm(forms.Form):
    answer = text(_("Answer"), required=True)


def _begins(block: LetterBlock) -> str:
    """How people recognise a paragraph: for which letters it is, and its first words."""
    begins = Truncator(" ".join(block.text.split())).chars(70)
    return f"{block.get_outcome_display()}: {begins}" if block.outcome else begins


def _initial(draft: Decision) -> dict[str, Any]:
    names = ("outcome", "rank", "reason_de", "reason_en", "internal_reason")
    found: dict[str, Any] = {name: getattr(draft, name) for name in names}
    found |= {"amount": draft.amount or None, "seen_version": draft.version}
    others = [value for value in Outcome.values if value != draft.outcome]
    found["blocks"] = [
        *draft.blocks.all(),
        *(one for one in defaults(*others) if one.outcome),
    ]
    for number, one in enumerate(draft.conditions.all()[:MOST_CONDITIONS]):
        found |= {
            f"condition_{number}_de": one.text_de,
            f"condition_{number}_en": one.text_en,
            f"condition_{number}_due": one.due_on,
        }
    return found
