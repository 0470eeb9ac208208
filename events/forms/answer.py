"""A guest's answer, and a guest's wish for no more invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..models import Invitation
from ..offers import offers

#: Value and label of each answer on offer.
Choices = tuple[tuple[str, str], ...]
#: Where an operation's refusal is shown: beside the field it is about, else on top.
_FIELD_OF_CODE = {"not_offered": "choice", "consent": "consented"}


class AnswerForm(forms.Form):
    """Yes in the room, yes online or no, for oneself or for somebody else.

    Nothing is pre-selected on the first visit: mail scanners press buttons, too. Who already
    answered sees their answer, and an aide's name and the message stay as they were. Without an
    invitation the form is empty and offers what is ``offered``. It only refuses what is no answer
    at all: whether there are such seats is for the operation to say, which has locked them.
    """

    choice = forms.ChoiceField(
        label=_("Your answer"),
        choices=Invitation.Choice.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the answers."),
            "invalid_choice": _(
                "This answer is not offered. Please choose one of the answers shown."
            ),
        },
    )
    for_another = forms.BooleanField(
        label=_("I answer for the person who is invited"), required=False
    )
    answered_by_name = forms.CharField(
        label=_("Your own name"),
        help_text=_("Only if you answer for somebody else."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    message = forms.CharField(
        label=_("Message to the organisers"),
        help_text=_("At most 2,000 characters. Please no health data."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consented = forms.BooleanField(
        label=_(
            "I agree that my answer is stored and that my name, office and city are shared "
            "with the organisers of this event."
        ),
        help_text=_("Needed for a yes. You can withdraw it by changing your answer to no."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        invitation: Invitation | None = None,
        offered: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._invitation, self._offered = invitation, offered
        if invitation is not None and not self.is_bound:
            self.initial = _answer_so_far(invitation)
        self.fields["choice"].widget.choices = lambda: self.offered  # type: ignore[attr-defined]

    @cached_property
    def offered(self) -> Choices:
        """What can be chosen, read when it is shown."""
        return _offered(self._invitation) if self._invitation else self._offered

    @property
    def has_own_words(self) -> bool:
        """Whether it shows what this guest typed; else only choices and ticks differ."""
        typed = ("answered_by_name", "message")
        return self.is_bound or any(self.initial.get(name) for name in typed)

    def clean_answered_by_name(self) -> str:
        """On one line, whatever was pasted: names stand in mails and lists."""
        return " ".join(self.cleaned_data["answered_by_name"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("for_another") and not cleaned.get("answered_by_name"):
            self.add_error(
                "answered_by_name",
                ValidationError(_("Please give your own name as well."), code="aide_without_name"),
            )
        says_yes = cleaned.get("choice") not in (None, Invitation.Choice.NO)
        if says_yes and not cleaned.get("consented"):
            self.add_error(
                "consented",
                ValidationError(
                    _("Please tick this, otherwise we cannot keep a seat for you."), code="consent"
                ),
            )
        return cleaned

    def refuse(self, error: ValidationError) -> None:
        """Show an operation's refusal beside the field it concerns."""
        for single in error.error_list:
            self.add_error(_FIELD_OF_CODE.get(single.code or ""), single)

    def answer(self) -> dict[str, Any]:
        """The arguments for ``operations.answer``."""
        names = ("choice", "answered_by_name", "message", "consented")
        return {name: self.cleaned_data[name] for name in names}


def _answer_so_far(invitation: Invitation) -> dict[str, Any]:
    return {
        "choice": invitation.choice,
        "for_another": bool(invitation.answered_by_name),
        "answered_by_name": invitation.answered_by_name,
        "message": invitation.message,
        "consented": _has_consented(invitation),
    }


def _offered(invitation: Invitation) -> Choices:
    return tuple(
        (offer.choice.value, f"{offer.label} ({offer.seats})" if offer.seats else offer.label)
        for offer in offers(invitation)
    )


def _has_consented(invitation: Invitation) -> bool:
    """Whether the latest answer came with consent: it need not be given twice."""
    return any(answer.consented for answer in invitation.answers_so_far[:1])


class OptOutForm(forms.Form):
    """No more invitations: a tick, so that a lone button press does nothing."""

    confirmed = forms.BooleanField(
        label=_("I do not want any more invitations and reminders at this address."),
        error_messages={"required": _("Please tick the box if you really want this.")},
    )
