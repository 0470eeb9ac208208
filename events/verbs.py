"""What the journal says about events, by verb."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "events.created": _("Event entered"),
    "events.edited": _("Event changed"),
    "events.exported": _("Guest list exported: %(count)s guests, %(format)s"),
    "events.invited": _("Invited: %(count)s"),
    "events.guest_invited": _("Invited"),
    "events.test_sent": _("Test of the invitation sent"),
    "events.sending_stopped": _("Sending stopped, mails waiting: %(count)s"),
    "events.sending_continued": _("Sending continued, mails: %(count)s"),
    "events.announced": _("Change announced, calendars updated: %(count)s"),
    "events.cancelled": _("Event cancelled, people told: %(count)s"),
    "events.moved": _("Event moved: start, end, deadline or time zone changed"),
    "events.answered.room": _("Said yes, in the room"),
    "events.answered.online": _("Said yes, online"),
    "events.answered.no": _("Said no"),
    "events.waitlisted.room": _("Said yes, in the room: on the waiting list"),
    "events.waitlisted.online": _("Said yes, online: on the waiting list"),
    "events.promoted": _("Moved up from the waiting list"),
    "events.withdrawn": _("Invitation withdrawn"),
    "events.resent": _("Invitation sent again"),
    "events.address_corrected": _("Address corrected, invitation sent there"),
    "events.address_missing": _(
        "The address was corrected after the backup that was restored. Please enter it again"
    ),
    "events.right_changed.speak": _("May speak from now on"),
    "events.right_changed.listen": _("Listens from now on"),
    "events.opted_out": _("Wants no more invitations"),
    "events.seats_filled": _("Seats given to the waiting list: %(count)s"),
    "events.reminded": _("Reminders written: %(count)s"),
    "events.reminders_missed": _("Reminders missed, not sent: %(count)s"),
}
