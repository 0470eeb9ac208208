"""The outbox: one row for each mail, written in the transaction of its cause."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailQuerySet(models.QuerySet["Mail"]):
    def about(self, thing: models.Model) -> MailQuerySet:
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(about_type=kind, about_id=thing.pk)

    def due(self, at: dt.datetime) -> MailQuerySet:
        """Queued mails whose time has come, the urgent ones first.

        After a backup was restored, these are mails about signing in and no others, until staff
        have decided (``restoring``).
        """
        undecided = models.Exists(Restoration.objects.undecided())
        may_leave = models.Q(priority=Mail.Priority.AT_ONCE) | ~models.Q(undecided)
        waiting = self.filter(may_leave, state=Mail.State.QUEUED, next_attempt_at__lte=at)
        return waiting.order_by("priority", "next_attempt_at", "pk")


#: The values of a mail that no worker holds.
UNCLAIMED: dict[str, Any] = {"lease_owner": "", "lease_until": None}


class Mail(models.Model):
    """A mail to exactly one address. The row is the truth; the broker only rings the bell.

    Texts are stored with placeholders such as ``[[answer]]``; the kind's ``finish`` function
    supplies the live links just before sending, so that no link is ever stored.

    Every mail is updated three times on its way and PostgreSQL writes each index anew, so there
    are few, and none of the pattern indexes that ``unique`` and ``db_index`` bring along.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        HELD = "held", _("stopped")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("accepted by the server")
        UNCERTAIN = "uncertain", _("uncertain")
        FAILED = "failed", _("failed")
        STALE = "stale", _("no longer needed")
        CANCELLED = "cancelled", _("not sent")

    class Priority(models.IntegerChoices):
        AT_ONCE = 0, _("at once (sign-in codes)")
        ANSWER = 5, _("answer to somebody's action")
        CAMPAIGN = 10, _("campaign")

    key = models.CharField(_("key"), max_length=150)
    kind = models.CharField(_("kind"), max_length=60)
    about_type = models.ForeignKey(
        ContentType,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    campaign = models.CharField(_("campaign"), max_length=80, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.ANSWER
    )

    to = models.EmailField(_("to"), max_length=254)
    reply_to = models.EmailField(_("reply to"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    calendar = models.TextField(_("calendar file"), blank=True)
    calendar_method = models.CharField(_("calendar method"), max_length=10, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=150)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    not_after = models.DateTimeField(_("not after"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_owner = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed to the server"), null=True, blank=True)
    sent_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    server_answer = models.CharField(_("server's answer"), max_length=250, blank=True)
    reason = models.CharField(_("cause"), max_length=40, blank=True)
    crashes = models.PositiveSmallIntegerField(default=0)
    may_be_duplicate = models.BooleanField(_("may have arrived twice"), default=False)
    erased_at = models.DateTimeField(_("text erased"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "priority", "next_attempt_at"], name="mail_due"),
            models.Index(fields=["about_type", "about_id", "kind"], name="mail_about"),
            models.Index(
                fields=["campaign"], condition=~models.Q(campaign=""), name="mail_campaign"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="mail_key"),
            models.UniqueConstraint(fields=["message_id"], name="mail_message_id"),
            models.CheckConstraint(
                condition=~models.Q(state="claimed") | models.Q(lease_until__isnull=False),
                name="mail_claim_has_lease",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="mail_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class RestorationQuerySet(models.QuerySet["Restoration"]):
    def undecided(self) -> RestorationQuerySet:
        return self.filter(decided_at__isnull=True)


class Restoration(models.Model):
    """A backup was put back; until staff have decided about the outbox, it is closed."""

    backup_of = models.DateTimeField(_("state of"), null=True)
    restored_at = models.DateTimeField(_("restored"), default=timezone.now)
    decided_at = models.DateTimeField(_("outbox opened"), null=True, blank=True)

    objects = RestorationQuerySet.as_manager()

    class Meta:
        verbose_name = _("restored backup")
        verbose_name_plural = _("restored backups")
        ordering = ["-restored_at"]

    def __str__(self) -> str:
        return f"{self.restored_at:%Y-%m-%d %H:%M}"


class BlockedAddress(models.Model):
    """An address that gets no invitations: its owner opted out, or it does not exist."""

    class Reason(models.TextChoices):
        OPTED_OUT = "opted_out", _("opted out")
        BOUNCED = "bounced", _("bounced")

    email = models.EmailField(_("e-mail address"), unique=True, help_text=_("In lower case."))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    detail = models.CharField(_("server's answer"), max_length=250, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("blocked address")
        verbose_name_plural = _("blocked addresses")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
