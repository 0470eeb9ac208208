"""Invitations: the identity of a guest, their answers, and the delegations they stand in."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from journal.prepared import Prepared
from journal.versions import VersionedModel
from mailing.links import new_public_id
from partnerships.models import City, Holder, Partnership, Position

from .events import Event
from .seats import Mode, Right, SeatPool


class Delegation(models.Model):
    """A partnership's guests at an event: both cities together."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="delegations"
    )
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.PROTECT,
        related_name="delegations",
    )
    evidence = models.CharField(
        _("evidence"), max_length=200, blank=True, help_text=_("For past events: who says so.")
    )

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["partnership__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["event", "partnership"], name="delegation_once")
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.event}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> InvitationQuerySet:
        """Invitations that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def silent(self) -> InvitationQuerySet:
        return self.standing().filter(choice="")

    def coming(self) -> InvitationQuerySet:
        return self.standing().filter(seat=Invitation.Seat.CONFIRMED)

    def waiting(self) -> InvitationQuerySet:
        """The waitlist, first come first."""
        return self.standing().filter(seat=Invitation.Seat.WAITLISTED).order_by("waitlist_number")


class Invitation(VersionedModel):
    """One guest of one event: a position and its holder as they were when invited.

    Identity is the invitation, never the address: two invitations may share a mailbox. The
    current answer stands here (``choice``, ``seat``, ``pool``); its history in ``Answer``.
    """

    class Choice(models.TextChoices):
        ROOM = "room", _("yes, in the room")
        ONLINE = "online", _("yes, online")
        NO = "no", _("no")

    class Seat(models.TextChoices):
        NONE = "", _("no seat")
        CONFIRMED = "confirmed", _("seat confirmed")
        WAITLISTED = "waitlisted", _("on the waiting list")

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    token_version = models.PositiveIntegerField(default=1, editable=False)
    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="invitations"
    )
    delegation = models.ForeignKey(
        Delegation,
        verbose_name=_("delegation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitations",
    )
    position = models.ForeignKey(
        Position,
        verbose_name=_("position"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitations",
    )
    holder = models.ForeignKey(
        Holder,
        verbose_name=_("holder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    function = models.CharField(_("function"), max_length=150, blank=True)
    salutation = models.CharField(_("salutation"), max_length=250)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=50)
    right = models.CharField(_("right"), max_length=6, choices=Right.choices)
    reason = models.CharField(_("reason for the invitation"), max_length=250, blank=True)

    choice = models.CharField(_("answer"), max_length=6, choices=Choice.choices, blank=True)
    seat = models.CharField(_("seat"), max_length=10, choices=Seat.choices, blank=True)
    pool = models.ForeignKey(
        SeatPool,
        verbose_name=_("seat pool"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    waitlist_number = models.PositiveIntegerField(
        _("number on the waiting list"), null=True, blank=True
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by_name = models.CharField(_("answered by"), max_length=150, blank=True)
    message = models.TextField(_("message to the organisers"), max_length=2000, blank=True)

    send_count = models.PositiveIntegerField(_("times sent"), default=0, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    has_calendar = models.BooleanField(_("holds a calendar entry"), default=False, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    created_at = models.DateTimeField(_("invited"), default=timezone.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["event", "pk"]
        indexes = [
            models.Index(fields=["pool", "seat", "waitlist_number"], name="invitation_queue")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"],
                condition=models.Q(position__isnull=False),
                name="invitation_once_per_position",
            ),
            models.UniqueConstraint(
                models.F("event"),
                models.functions.Lower("email"),
                condition=models.Q(position__isnull=True),
                name="invitation_once_per_address",
            ),
            models.UniqueConstraint(
                fields=["pool", "waitlist_number"],
                condition=models.Q(waitlist_number__isnull=False),
                name="waitlist_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(seat="", pool__isnull=True, waitlist_number__isnull=True)
                | models.Q(seat="confirmed", pool__isnull=False, waitlist_number__isnull=True)
                | models.Q(seat="waitlisted", pool__isnull=False, waitlist_number__isnull=False),
                name="invitation_seat_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(choice="", answered_at__isnull=True)
                | (~models.Q(choice="") & models.Q(answered_at__isnull=False)),
                name="invitation_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def answers_so_far(self) -> list[Answer]:
        """All answers, the latest first; read once, and not at all from a silent guest."""
        return _answers_of(self.pk) if self.answered_at else []

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def readable_until(self) -> dt.datetime:
        """How long the personal page stays readable: 14 days after the event's end."""
        return self.event.ends_at + dt.timedelta(days=14)


class Answer(models.Model):
    """One answer in an invitation's history."""

    class Channel(models.TextChoices):
        WEB = "web", _("personal page")
        PHONE = "phone", _("by phone")
        LETTER = "letter", _("by letter or mail")

    invitation = models.ForeignKey(
        Invitation, verbose_name=_("invitation"), on_delete=models.CASCADE, related_name="answers"
    )
    number = models.PositiveIntegerField(_("number"))
    choice = models.CharField(_("answer"), max_length=6, choices=Invitation.Choice.choices)
    seat = models.CharField(_("seat"), max_length=10, choices=Invitation.Seat.choices, blank=True)
    mode = models.CharField(_("where"), max_length=6, choices=Mode.choices, blank=True)
    answered_by_name = models.CharField(_("answered by"), max_length=150, blank=True)
    message = models.TextField(_("message to the organisers"), max_length=2000, blank=True)
    channel = models.CharField(
        _("channel"), max_length=6, choices=Channel.choices, default=Channel.WEB
    )
    note = models.CharField(_("note of the staff"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    consent_version = models.CharField(
        _("consent"),
        max_length=20,
        blank=True,
        help_text=_("Version of the text the guest agreed to; empty without consent."),
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["invitation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "number"], name="answer_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.get_choice_display()}"

    @property
    def consented(self) -> bool:
        return bool(self.consent_version)


_answers_of = Prepared(lambda invitation: Answer.objects.filter(invitation=invitation), int)
