from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("Cities and partnerships")

    def ready(self) -> None:
        from journal import verbs

        from .cards import mail_kinds as card_mails
        from .cards.verbs import SENTENCES as ABOUT_CARDS
        from .confirming import mail_kinds as confirming_mails
        from .confirming.cases import register_cases
        from .confirming.verbs import VERBS as ABOUT_CONFIRMING
        from .exporting.lists import register
        from .exporting.of_administration import TABLES
        from .exporting.of_directory import DIRECTORY
        from .exporting.of_queue import LISTS
        from .focus import mail_kinds as focus_mails
        from .focus.verbs import SENTENCES as ABOUT_TOPICS
        from .merging.rules import register_rules
        from .merging.verbs import SENTENCES as ABOUT_MERGING
        from .offices import mail_kinds as office_mails
        from .offices.verbs import SENTENCES as ABOUT_OFFICES

        for kinds in (card_mails, confirming_mails, focus_mails, office_mails):
            kinds.register_kinds()
        register_cases()
        register_rules()
        register(DIRECTORY, *TABLES, *LISTS)
        for sentences in (
            ABOUT_CARDS,
            ABOUT_CONFIRMING,
            ABOUT_MERGING,
            ABOUT_TOPICS,
            ABOUT_OFFICES,
        ):
            verbs.register(sentences)
        verbs.register(
            {
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
                    "List “%(list)s” exported without personal data: %(count)s rows, %(format)s"
                ),
                "partnerships.people_exported": _(
                    "List “%(list)s” exported with personal data: %(count)s rows, %(format)s. "
                    "Purpose: %(purpose)s"
                ),
                "partnerships.cities_exported": _("%(count)s cities exported"),
                "partnerships.positions_exported": _("%(count)s positions exported"),
            }
        )
