"""Sending invitations: who is left out, who may speak, and the number typed to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import ngettext

from ..models import Right
from ..recipients import Recipient
from .event_changes import TypedNumberForm


def digest(recipients: Iterable[Recipient]) -> str:
    """A short mark of who stands in a preflight; it changes with every person."""
    keys = "\n".join(sorted(recipient.key for recipient in recipients))
    return sha256(keys.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Selection:
    """What staff changed in a preflight: whom they left out, and who speaks where they decide."""

    left_out: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()

    @classmethod
    def posted(cls, data: QueryDict) -> Selection:
        keys = data.getlist("leave_out"), data.getlist("speaks")
        return cls(*(frozenset(map(str, each)) for each in keys))

    def decided(self, recipients: Iterable[Recipient]) -> list[Recipient]:
        """All recipients, each with the right staff decided; certain rights stay."""
        return [
            replace(one, right=Right.SPEAK)
            if one.key in self.speakers and not one.right_is_certain
            else one
            for one in recipients
        ]

    def chosen(self, recipients: Iterable[Recipient]) -> list[Recipient]:
        """Those who get the invitation."""
        kept = (recipient for recipient in recipients if recipient.key not in self.left_out)
        return self.decided(kept)


class SendForm(TypedNumberForm):
    """The typed number must fit, and nobody may have come or gone since the preflight shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: int, now: str, **kwargs: Any) -> None:
        super().__init__(*args, people=people, auto_id="send_%s", **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "number" in cleaned and cleaned.get("seen") != self.now:
            changed = ngettext(
                "The list has changed since you looked at it. Now it is %(count)d person. "
                "Nothing was sent. Please check the list and type the number again.",
                "The list has changed since you looked at it. Now it is %(count)d people. "
                "Nothing was sent. Please check the list and type the number again.",
                self.people,
            )
            self.add_error(
                "number", ValidationError(changed % {"count": self.people}, code="changed")
            )
        return cleaned
