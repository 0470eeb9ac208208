"""Forms of an office that registers or claims a partnership."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ..models import Partnership, Party
from .contacts import Contact, posts_of, signers_of
from .differences import Difference, choices
from .fact_fields import as_value, clean_agreed_on, clean_year, fields_of, one_line
from .facts import ASKED, FACTS, Value, values_of

TYPED = "typed"
SIGNER = "signer"

TYPED_BUT_NOT_CHOSEN = _(
    "You typed an address, too. Please choose “another address”, or leave the address empty."
)


class FactsForm(forms.Form):
    """What a city that registers or claims a partnership knows; anything may be missing.

    ``seen_version`` is the partnership's version the page showed: a colleague's change in
    between is not overwritten.
    """

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self.fields.update(fields_of(partnership))
        self.initial = {**values_of(partnership), "seen_version": partnership.version}

    def clean_year(self) -> int | None:
        return clean_year(self.cleaned_data["year"])

    def clean_agreed_on(self) -> str | None:
        return clean_agreed_on(self.cleaned_data["agreed_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = cleaned.get("seen_version")
        if seen is not None and seen != self.partnership.version:
            data = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("seen_version")] = str(self.partnership.version)
            self.data = data
            self._show_stored(cleaned)
            raise ValidationError(
                _(
                    "Somebody else changed this entry while you were editing it. Your input is "
                    "still here; compare it with the stored values and save again."
                ),
                code="conflict",
            )
        return cleaned

    def _show_stored(self, typed: dict[str, Any]) -> None:
        """What is stored by now, beside each fact that was typed otherwise."""
        stored = values_of(self.partnership)
        for fact in ASKED:
            if fact.name in typed and as_value(typed[fact.name]) != as_value(stored[fact.name]):
                self.add_error(fact.name, _("Stored now: %s") % (fact.shown(stored[fact.name]),))

    def values(self) -> dict[str, Value]:
        """What the operations take."""
        found = {fact.name: self.cleaned_data[fact.name] for fact in ASKED}
        found["kind"] = found["kind"] or self.partnership.kind
        return {
            name: sorted(value) if isinstance(value, list) else value
            for name, value in found.items()
        }


class SignForm(forms.Form):
    """In which office somebody stands by what the city states."""

    office = forms.CharField(
        label=_("Your office"),
        help_text=_("In which office you answer for your city, for example “Head of protocol”."),
        max_length=150,
    )

    def clean_office(self) -> str:
        return one_line(self.cleaned_data["office"])


class ContactForm(forms.Form):
    """Whom to ask in another city: one of its posts, who signs for it, or an address.

    Who that is and where mail goes is not shown: names and addresses stay with their city.
    """

    to = forms.ChoiceField(label=_("Whom shall we ask?"), widget=forms.RadioSelect, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("An address of the city's administration; a shared mailbox is welcome."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"city-{party.city_id}", **kwargs)
        self.party = party
        self.posts = {f"p{post.pk}": post for post in posts_of(party.city)}
        self.signers = signers_of(party.city)
        choices: Any = self.fields["to"]
        known = [
            *((key, post.function) for key, post in self.posts.items()),
            *([(SIGNER, _("who signs for the city in this portal"))] if self.signers else []),
        ]
        choices.choices = [*known, (TYPED, _("another address"))]
        if not known:
            del self.fields["to"]
        self.initial = {
            "to": known[0][0] if known else TYPED,
            "language": "de" if party.city.country.code in {"DE", "AT", "CH"} else "en",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_typed = self._is_typed(cleaned)
        if is_typed and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", ValidationError(_("Please enter an address."), code="required"))
        if not is_typed and cleaned.get("email"):
            # The first choice is selected already: the address must not be dropped unnoticed.
            self.add_error("to", ValidationError(TYPED_BUT_NOT_CHOSEN, code="typed"))
        return cleaned

    def _is_typed(self, cleaned: dict[str, Any]) -> bool:
        """Whether “another address” is chosen, or nothing else could be."""
        return "to" not in self.fields or cleaned.get("to") not in {*self.posts, SIGNER}

    @property
    def contact(self) -> Contact:
        chosen = self.cleaned_data.get("to", TYPED)
        if chosen == SIGNER:
            user = self.signers[0].user
            return Contact(user.email, user.language)
        post = self.posts.get(chosen)
        if post is not None:
            return Contact(post.email, post.language, post)
        return Contact(self.cleaned_data["email"], self.cleaned_data["language"])


class CitySearchForm(forms.Form):
    """A city by any of its names."""

    q = forms.CharField(
        label=_("Name of the city"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_("In German or English, in any spelling."),
    )


class ProposeCityForm(forms.Form):
    """A city that is not in the list."""

    name = forms.CharField(label=_("Name"), max_length=120)
    country = forms.ChoiceField(label=_("Country"))
    region = forms.CharField(
        label=_("Region"),
        required=False,
        max_length=80,
        help_text=_("German Land, US state or nation of the UK."),
    )
    note = forms.CharField(
        label=_("Note for the staff"),
        required=False,
        max_length=300,
        help_text=_("For example the address of the city's website."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["country"]
        choices.choices = [(code, countries.name(code)) for code in ("DE", "GB", "US")]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class DiscardForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete the draft with everything that was entered."),
        error_messages={"required": _("Please tick this if you are sure.")},
    )


class GiveWayForm(forms.Form):
    """Which city's value is taken over, for which fact."""

    fact = forms.ChoiceField(choices=[(name, name) for name in FACTS])
    of = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class TakeOverForm(forms.Form):
    """Which other city's value a city takes over that answered by link; none is pre-selected."""

    value = forms.ChoiceField(
        label=_("Which value does your city take over?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the values."),
            "invalid_choice": _("No other city states this value any more. Please look again."),
        },
    )

    def __init__(
        self, *args: Any, party: Party, differing: Iterable[Difference], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {
            f"{one.fact.name}-{side.party.pk}": (one.fact, side)
            for one in differing
            for side in choices(one, party)
        }
        field: Any = self.fields["value"]
        field.choices = [
            (
                key,
                _("%(fact)s: take over “%(value)s” from %(city)s")
                % {"fact": fact.label, "value": side.shown, "city": side.party.city.name},
            )
            for key, (fact, side) in self.offered.items()
        ]

    def chosen(self) -> dict[str, Value]:
        """The arguments for ``operations.give_way``."""
        fact, side = self.offered[self.cleaned_data["value"]]
        return {"fact": fact.name, "value": side.value}


class UploadForm(forms.Form):
    """A paper about the partnership."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, DOCX, XLSX, ODT, PNG or JPG, at most 10 MB. Only the cities' offices see it."
        ),
        error_messages={"required": _("Please choose a file.")},
    )
