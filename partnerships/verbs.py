"""What the journal says about the registry itself: entries, imports, exports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "partnerships.listed": _("Added to the directory from a public source"),
    "partnerships.year_added": _("Year added from a list"),
    "partnerships.year_removed": _("Year removed again with its import"),
    "partnerships.import_uploaded": _("List uploaded for a dry run"),
    "partnerships.import_discarded": _("Uploaded list discarded"),
    "partnerships.imported": _(
        "List imported: %(count)s partnerships and %(years)s years from %(rows)s rows"
    ),
    "partnerships.import_undone": _(
        "Import taken back: %(count)s partnerships and %(years)s years"
    ),
    "partnerships.import_row_solved": _("Row %(row)s settled: partnership entered"),
    "partnerships.import_row_discarded": _("Row %(row)s discarded"),
    "partnerships.import_exported": _("Report of an import exported"),
    "partnerships.created": _("Partnership entered by the programme's staff"),
    "partnerships.edited": _("Partnership changed by the programme's staff"),
    "partnerships.list_exported": _(
        "List “%(label)s” exported without personal data: %(count)s rows, %(format)s"
    ),
    "partnerships.people_exported": _(
        "List “%(label)s” exported with personal data: %(count)s rows, %(format)s. "
        "Purpose: %(purpose)s"
    ),
    "partnerships.cities_exported": _("%(count)s cities exported"),
    "partnerships.positions_exported": _("%(count)s positions exported"),
}
