"""An answer that reached the staff by phone, letter or mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Answer, Invitation
from ..policies import offered_choices


class PhoneAnswerForm(forms.Form):
    """Only the answers this guest's invitation offers; nothing is chosen beforehand."""

    choice = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label=_("How it came"),
        widget=forms.RadioSelect,
        choices=[
            (channel.value, channel.label)
            for channel in (Answer.Channel.PHONE, Answer.Channel.LETTER)
        ],
    )
    answered_by_name = forms.CharField(
        label=_("Who answered"),
        required=False,
        max_length=150,
        help_text=_("If somebody else answered for the guest."),
    )
    message = forms.CharField(
        label=_("Message to the organisers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The guest sees it on the personal page."),
    )
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=300,
        help_text=_("Stays with the staff."),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        kept = {
            "answered_by_name": invitation.answered_by_name,
            "message": invitation.message,
        }
        super().__init__(*args, initial=kept, prefix="answer", **kwargs)
        choice: Any = self.fields["choice"]
        choice.choices = [(offer.value, offer.label) for offer in offered_choices(invitation)]
