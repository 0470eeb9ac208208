"""Two cities, one truth: who was asked, who answered, and which city states which fact."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from mailing.links import new_public_id

from .links import Partnership, Party
from .places import City
from .posts import Position

#: How long a link to a confirmation can be answered, and how long its page can be read after.
ANSWER_WITHIN = dt.timedelta(days=90)
READABLE_FOR = dt.timedelta(days=365)


class ConfirmationRequestQuerySet(models.QuerySet["ConfirmationRequest"]):
    def standing(self) -> ConfirmationRequestQuerySet:
        """Not replaced by a newer one."""
        return self.filter(replaced_at__isnull=True)

    def waiting(self) -> ConfirmationRequestQuerySet:
        """Standing ones that nobody has answered yet."""
        return self.standing().filter(answered_at__isnull=True)


class ConfirmationRequest(models.Model):
    """A city was asked, by a link to a post or an address, whether a partnership is as stated.

    ``round`` counts the requests of a party and keys their mails. Raising ``token_version`` or
    replacing the request ends its link.
    """

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("first confirmation")
        YEARLY = "yearly", _("yearly check")

    party = models.ForeignKey(
        Party, verbose_name=_("party"), on_delete=models.CASCADE, related_name="requests"
    )
    round = models.PositiveIntegerField(_("round"))
    purpose = models.CharField(_("purpose"), max_length=7, choices=Purpose.choices)
    position = models.ForeignKey(
        Position,
        verbose_name=_("position"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    token_version = models.PositiveIntegerField(_("version of the link"), default=1)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    passed_on_to = models.EmailField(_("passed on to"), blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for confirmation")
        verbose_name_plural = _("requests for confirmation")
        ordering = ["party", "-round"]
        constraints = [
            models.UniqueConstraint(fields=["party", "round"], name="confirmation_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.round}"

    @property
    def answer_by(self) -> dt.datetime:
        return self.asked_at + ANSWER_WITHIN

    @property
    def readable_until(self) -> dt.datetime:
        return self.asked_at + READABLE_FOR


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def to_review(self) -> ConfirmationQuerySet:
        """Answers from domains nobody knows, the oldest first; questions taken back need none."""
        waiting = self.filter(review=Confirmation.Review.WAITING)
        return waiting.exclude(request__replaced_at__isnull=False).order_by("at", "pk")


class Confirmation(models.Model):
    """What a city answered: who said so, in which office, by which way.

    ``statements`` holds what was said, by the names of ``confirming.facts.FACTS``: ``value`` and
    ``comment``; they count at once, or after a review where the address was unknown.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", _("all of it is right")
        DIFFERS = "differs", _("some of it differs")
        NOT_OURS = "not_ours", _("not confirmed")
        ENDED = "ended", _("the partnership has ended")

    class Review(models.TextChoices):
        NOT_NEEDED = "", _("not needed")
        WAITING = "waiting", _("waits for the staff")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    party = models.ForeignKey(
        Party, verbose_name=_("party"), on_delete=models.CASCADE, related_name="confirmations"
    )
    request = models.ForeignKey(
        ConfirmationRequest,
        verbose_name=_("request"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers",
    )
    outcome = models.CharField(_("answer"), max_length=8, choices=Outcome.choices)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    office = models.CharField(_("office held"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    message = models.TextField(_("message"), blank=True)
    statements = models.JSONField(_("statements"), default=dict)
    review = models.CharField(
        _("review"), max_length=8, choices=Review.choices, blank=True, default=Review.NOT_NEEDED
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"


class FactConfirmation(models.Model):
    """The value of one shared fact as a city states it.

    ``differs_since`` is set while it is not the value of the partnership.
    """

    party = models.ForeignKey(
        Party, verbose_name=_("party"), on_delete=models.CASCADE, related_name="facts"
    )
    fact = models.CharField(_("fact"), max_length=15)
    value = models.JSONField(_("value"), null=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    differs_since = models.DateTimeField(_("differs since"), null=True, blank=True)

    class Meta:
        verbose_name = _("fact as a city states it")
        verbose_name_plural = _("facts as cities state them")
        ordering = ["party", "fact"]
        constraints = [models.UniqueConstraint(fields=["party", "fact"], name="fact_stated_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.fact}"


class CityProposalQuerySet(models.QuerySet["CityProposal"]):
    def open(self) -> CityProposalQuerySet:
        return self.filter(state=CityProposal.State.OPEN).order_by("created_at", "pk")


class CityProposal(models.Model):
    """A city that an office did not find and proposes to the staff, for one of its drafts."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        related_name="proposed_cities",
    )
    by_city = models.ForeignKey(
        City, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=120)
    country = CountryField(_("country"))
    region = models.CharField(_("region"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("proposed"), default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CityProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed city")
        verbose_name_plural = _("proposed cities")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.country.code})"


class AgreementFile(models.Model):
    """The written agreement or a paper about it; only for the cities' offices and staff."""

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        related_name="files",
    )
    city = models.ForeignKey(
        City, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name of the file"), max_length=150)
    file = models.FileField(_("file"), upload_to="agreements/")
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        verbose_name = _("file of an agreement")
        verbose_name_plural = _("files of agreements")
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name
