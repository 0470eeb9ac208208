"""What the journal says about merging."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: About the entry that was merged; the one that stays has a sentence of its own.
LEADS_ON = ("partnerships.leads_on", "partnerships.stands_again")
SENTENCES = {
    "partnerships.merged": _("Merged with the doubled entry “%(slug)s”"),
    "partnerships.leads_on": _("Merged into “%(slug)s”, to which it leads now"),
    "partnerships.merge_undone": _("Merge with “%(slug)s” taken back"),
    "partnerships.stands_again": _("Stands for itself again: merge with “%(slug)s” taken back"),
}
