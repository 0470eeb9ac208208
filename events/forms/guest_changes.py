"""What staff correct about one guest: address, right, and taking the invitation back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Invitation, Right


class AddressForm(forms.Form):
    """A new address for the guest, and on request for the position behind it."""

    email = forms.EmailField(label=_("New e-mail address"), max_length=254)
    keep_for_position = forms.BooleanField(
        label=_("Correct the address of the position, too"),
        required=False,
        help_text=_("Then the next invitations go there as well."),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, prefix="address", **kwargs)
        if invitation.position_id is None:
            del self.fields["keep_for_position"]


class RightForm(forms.Form):
    """Whether the guest speaks or listens."""

    right = forms.ChoiceField(label=_("Right"), choices=Right.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"right": invitation.right}, prefix="right", **kwargs)


class WithdrawForm(forms.Form):
    """Taking an invitation back needs a second, deliberate tick."""

    sure = forms.BooleanField(label=_("Yes, withdraw this invitation"))

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, prefix="withdraw", **kwargs)


class ResendForm(forms.Form):
    """Carries how often the invitation had been sent, so that a double click sends once."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": invitation.send_count}, prefix="resend", **kwargs)
