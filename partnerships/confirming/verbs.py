"""What the journal says about registering and confirming."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERBS = {
    "partnerships.draft_started": _("Draft started"),
    "partnerships.draft_city_added": _("City added to the draft"),
    "partnerships.draft_city_removed": _("City taken out of the draft"),
    "partnerships.draft_saved": _("Draft saved"),
    "partnerships.draft_discarded": _("Draft deleted"),
    "partnerships.city_proposed": _("City proposed to the staff"),
    "partnerships.city_added": _("City added to the directory"),
    "partnerships.city_accepted": _("Proposed city accepted"),
    "partnerships.city_refused": _("Proposed city refused"),
    "partnerships.proposed": _("Registered by a city; the others are asked"),
    "partnerships.claimed": _("Claimed by a city; the others are asked"),
    "partnerships.reminded": _("Cities without an answer asked once more: %(count)s"),
    "partnerships.draft_told": _("Office told that its draft waits"),
    "partnerships.asked_again": _("A city asked once more"),
    "partnerships.taken_back": _("Question to the other cities taken back"),
    "partnerships.answered": _("A city has answered"),
    "partnerships.answer_to_review": _("An answer from an unknown address waits for the staff"),
    "partnerships.answer_accepted": _("Answer from an unknown address accepted"),
    "partnerships.answer_refused": _("Answer from an unknown address not accepted"),
    "partnerships.passed_on": _("Question passed on to another address"),
    "partnerships.differs": _("A city states other facts"),
    "partnerships.gave_way": _("A city took over the value of another one"),
    "partnerships.mediated": _("Difference settled by the programme's staff"),
    "partnerships.active": _("Confirmed by all cities"),
    "partnerships.ended": _("Ended: all cities say so"),
    "partnerships.asked_yearly": _("Yearly check: the cities are asked"),
    "partnerships.reconfirm": _("Needs to be confirmed anew"),
    "partnerships.dormant": _("At rest: not confirmed for a long time"),
    "partnerships.file_added": _("Paper added"),
    "partnerships.file_removed": _("Paper deleted"),
}
