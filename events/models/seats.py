"""Seats: counted per pool, exact under any load."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .events import Event


class Right(models.TextChoices):
    SPEAK = "speak", _("speak")
    LISTEN = "listen", _("listen")


class Mode(models.TextChoices):
    ROOM = "room", _("in the room")
    ONLINE = "online", _("online")


class SeatPool(models.Model):
    """Seats of one kind at an event: right × mode.

    ``taken`` counts confirmed invitations, ``held`` seats that staff keep back, and
    ``last_number`` is the last waitlist number given out. All three change only while the
    row is locked (``events.seats``).
    """

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="pools"
    )
    right = models.CharField(_("right"), max_length=6, choices=Right.choices)
    mode = models.CharField(_("where"), max_length=6, choices=Mode.choices)
    capacity = models.PositiveIntegerField(_("seats"))
    held = models.PositiveIntegerField(
        _("kept back"), default=0, help_text=_("Seats that are not given out for now.")
    )
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("seat pool")
        verbose_name_plural = _("seat pools")
        ordering = ["event", "-right", "-mode"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "right", "mode"],
                name="pool_once",
                violation_error_message=_("There is already a pool for this right and place."),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=models.F("taken") + models.F("held")),
                name="pool_not_oversold",
                violation_error_message=_("There are fewer seats than are taken and kept back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_right_display()}, {self.get_mode_display()}"

    def clean(self) -> None:
        if self.capacity is not None and self.capacity < self.taken + (self.held or 0):
            raise ValidationError(
                {
                    "capacity": _(
                        "%(taken)d seats are taken and %(held)d kept back. "
                        "There must be at least as many seats."
                    )
                    % {"taken": self.taken, "held": self.held or 0}
                },
                code="capacity_below_taken",
            )

    @property
    def free(self) -> int:
        return self.capacity - self.held - self.taken
