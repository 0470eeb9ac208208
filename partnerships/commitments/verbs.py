"""What the journal says about commitments, by verb."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "partnerships.commitment_made": _("Commitment entered"),
    "partnerships.commitment_changed": _("Commitment changed"),
    "partnerships.commitment_done": _("Commitment fulfilled"),
    "partnerships.commitment_dropped": _("Commitment given up"),
    "partnerships.commitment_reopened": _("Commitment opened again"),
}
