"""What a city can show and wants to learn, and the wish of two offices to talk."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.versions import VersionedModel
from sdg.models import Topic

from .places import City
from .posts import Position

#: Cards of one kind that a city may keep.
MOST_CARDS = 5
#: Characters of a card, about one paragraph.
CARD_LENGTH = 600


class SpokenLanguage(models.TextChoices):
    """Languages in which offices may talk."""

    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    POLISH = "pl", _("Polish")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")


class CardQuerySet(models.QuerySet["Card"]):
    def of_others(self, city: City) -> CardQuerySet:
        """What may fit; cards left with a merged city are out of use."""
        return self.filter(city__merged_into__isnull=True).exclude(city=city)


class Card(VersionedModel):
    """An offer or a need of a city, for the offices of other cities to find."""

    class Kind(models.TextChoices):
        OFFER = "offer", _("we can show")
        NEED = "need", _("we want to learn")

    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="cards"
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    slot = models.PositiveSmallIntegerField(_("place among the cards"), editable=False)
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="cards"
    )
    text = models.TextField(_("text"), validators=[MaxLengthValidator(CARD_LENGTH)])
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES)
    spoken = models.JSONField(_("languages we speak"), default=list)
    position = models.ForeignKey(
        Position,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cards",
    )
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        ordering = ["city", "-kind", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["city", "kind", "slot"], name="card_slot_once"),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=MOST_CARDS), name="card_slot_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.get_kind_display()}, {self.topic}"

    @property
    def spoken_names(self) -> str:
        """“German, English”, in the reader's language."""
        return ", ".join(str(SpokenLanguage(code).label) for code in self.spoken)


class ContactWishQuerySet(models.QuerySet["ContactWish"]):
    def of(self, city: City) -> ContactWishQuerySet:
        """What the city asked or was asked, the newest first."""
        found = self.filter(Q(asking=city) | Q(asked=city))
        return found.select_related("asking", "asked", "topic", "shared_partner")

    def between(self, one: City, other: City) -> ContactWishQuerySet:
        return self.filter(Q(asking=one, asked=other) | Q(asking=other, asked=one))

    def standing(self) -> ContactWishQuerySet:
        """Waiting for an answer, or agreed by both."""
        return self.filter(state__in=ContactWish.STANDING)

    def ended_before(self, at: dt.datetime) -> ContactWishQuerySet:
        """Declined or withdrawn before ``at``."""
        State = ContactWish.State
        return self.filter(
            Q(state=State.DECLINED, answered_at__lt=at) | Q(state=State.WITHDRAWN, ended_at__lt=at)
        )


class ContactWish(models.Model):
    """“We would like to talk”, from one office to another.

    Only when both agreed do they see each other's post and its address; either may end that.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("agreed by both")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    STANDING = (State.OPEN, State.ACCEPTED)

    asking = models.ForeignKey(
        City, verbose_name=_("asking city"), on_delete=models.PROTECT, related_name="wishes_sent"
    )
    asked = models.ForeignKey(
        City, verbose_name=_("asked city"), on_delete=models.PROTECT, related_name="wishes_received"
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_wishes",
    )
    shared_partner = models.ForeignKey(
        City,
        verbose_name=_("shared partner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="wishes_about",
    )
    message = models.CharField(_("message"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    asking_position = models.ForeignKey(
        Position,
        verbose_name=_("post of the asking city"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="contacts_sought",
    )
    asked_position = models.ForeignKey(
        Position,
        verbose_name=_("post of the asked city"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contacts_given",
    )
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = ContactWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish to talk")
        verbose_name_plural = _("wishes to talk")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "asked"],
                condition=Q(state__in=("open", "accepted")),
                name="one_standing_wish",
            ),
            models.CheckConstraint(condition=~Q(asking=F("asked")), name="wish_between_two_cities"),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "declined")) | Q(answered_at__isnull=False),
                name="wish_answered_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", ended_at__isnull=False)
                | (~Q(state="withdrawn") & Q(ended_at__isnull=True)),
                name="wish_withdrawn_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asking} → {self.asked}"

    def other(self, city: City) -> City:
        """The city at the other end."""
        return self.asked if city.pk == self.asking_id else self.asking
