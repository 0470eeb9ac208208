"""What the journal says about cards and contacts, by verb."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "partnerships.card_added": _("Card added"),
    "partnerships.card_changed": _("Card changed"),
    "partnerships.card_removed": _("Card removed"),
    "partnerships.contact_wished": _("Asked another office to talk"),
    "partnerships.contact_agreed": _("Both offices agreed to talk"),
    "partnerships.contact_declined": _("Declined to talk"),
    "partnerships.contact_withdrawn": _("Wish to talk withdrawn"),
}
