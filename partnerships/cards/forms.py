"""Cards, and the wish to talk."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedForm
from sdg.models import Topic

from ..choosing import topics_by_name
from ..models import CARD_LENGTH, Card, City, ContactWish, Position, SpokenLanguage
from .partners import Neighbourhood

_ADDRESS = re.compile(r"\S@\S+\.\S|https?://|www\.", re.IGNORECASE)


def refuse_addresses(text: str) -> None:
    """Addresses come with the agreement of both offices, not before."""
    if _ADDRESS.search(text):
        raise ValidationError(
            _("Please leave out addresses and links. Both offices see them once they agreed."),
            code="address",
        )


class CardForm(VersionedForm):
    """One card; its kind is chosen once, when it is made."""

    kind = forms.ChoiceField(
        label=_("What kind of card?"), choices=Card.Kind.choices, widget=forms.RadioSelect
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), empty_label="–")
    text = forms.CharField(
        label=_("In one paragraph"),
        max_length=CARD_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say it in one language; other cities read it as you write it."),
        validators=[refuse_addresses],
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    spoken = forms.MultipleChoiceField(
        label=_("Languages we can talk in"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    position = forms.ModelChoiceField(
        Position.objects.none(),
        label=_("Contact"),
        required=False,
        empty_label=_("not settled yet"),
        help_text=_("A post of your city. Others see it only after both offices have agreed."),
    )

    class Meta:
        model = Card
        fields = ("kind", "topic", "text", "language", "spoken", "position")

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.city = city
        fields: Any = self.fields
        if self.instance.pk:
            del fields["kind"]
        else:
            self.initial.setdefault("language", (get_language() or "de")[:2])
        fields["topic"].queryset = Topic.objects.all()
        fields["topic"].choices = [("", "–"), *topics_by_name()]
        fields["position"].queryset = posts(city)
        fields["position"].label_from_instance = lambda position: position.function

    def _get_validation_exclusions(self) -> set[str]:
        """The place among the cards is given by the operation."""
        return {*super()._get_validation_exclusions(), "slot", "city"}


class AskForm(forms.Form):
    """“We would like to talk”: what about, who of us, and a line if one likes."""

    about = forms.ChoiceField(label=_("What about?"))
    position = forms.ModelChoiceField(
        Position.objects.none(),
        label=_("Who would talk for your city?"),
        empty_label="–",
        help_text=_("The other office sees this post and its address only after it agreed."),
    )
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=ContactWish._meta.get_field("message").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_addresses],
    )

    def __init__(self, *args: Any, city: City, asked: City, around: Neighbourhood, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.cities = City.objects.in_bulk(around.shared_with(asked.pk))
        self.topics = Topic.objects.in_bulk(asked.cards.values_list("topic", flat=True))
        fields: Any = self.fields
        partner, card = _("Shared partner: %(city)s"), _("Their card: %(topic)s")
        self.reasons = [
            *((f"partner-{pk}", partner % {"city": one.name}) for pk, one in self.cities.items()),
            *((f"topic-{pk}", card % {"topic": one.name}) for pk, one in self.topics.items()),
        ]
        fields["about"].choices = self.reasons
        fields["position"].queryset = posts(city).exclude(email="")
        fields["position"].label_from_instance = lambda position: position.function

    @property
    def reason(self) -> dict[str, Any]:
        """What the operation takes: a topic or a shared partner."""
        kind, _dash, key = self.cleaned_data["about"].partition("-")
        is_topic = kind == "topic"
        return {
            "topic": self.topics[int(key)] if is_topic else None,
            "shared_partner": None if is_topic else self.cities[int(key)],
        }


class AgreeForm(forms.Form):
    """Which post the asking office will see."""

    position = forms.ModelChoiceField(
        Position.objects.none(), label=_("Who would talk for your city?"), empty_label="–"
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position: Any = self.fields["position"]
        position.queryset = posts(city).exclude(email="")
        position.label_from_instance = lambda one: f"{one.function} ({one.email})"


class RemoveForm(forms.Form):
    """A tick, so that nothing goes by a slip."""

    sure = forms.BooleanField(label=_("Yes, remove this card"))


def posts(city: City) -> Any:
    """What a city may name as its contact."""
    return Position.objects.active().filter(city=city).select_related("office", "department")
