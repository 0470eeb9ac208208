from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("Cities and partnerships")

    def ready(self) -> None:
        from journal import verbs

        from .cards import mail_kinds as card_mails
        from .cards.verbs import SENTENCES as ABOUT_CARDS
        from .cards.waiting import register_waiting as register_talks
        from .commitments.verbs import SENTENCES as ABOUT_COMMITMENTS
        from .confirming import mail_kinds as confirming_mails
        from .confirming.cases import register_cases
        from .confirming.verbs import VERBS as ABOUT_CONFIRMING
        from .confirming.waiting import register_waiting as register_answers
        from .exporting.lists import register
        from .exporting.of_administration import TABLES
        from .exporting.of_directory import DIRECTORY
        from .exporting.of_queue import LISTS
        from .focus import mail_kinds as focus_mails
        from .focus.verbs import SENTENCES as ABOUT_TOPICS
        from .focus.waiting import register_waiting as register_topics
        from .merging.rules import register_rules
        from .merging.verbs import SENTENCES as ABOUT_MERGING
        from .offices import mail_kinds as office_mails
        from .offices.verbs import SENTENCES as ABOUT_OFFICES
        from .verbs import SENTENCES as ABOUT_REGISTRY

        for kinds in (card_mails, confirming_mails, focus_mails, office_mails):
            kinds.register_kinds()
        register_cases()
        register_answers()
        register_topics()
        register_talks()
        register_rules()
        register(DIRECTORY, *TABLES, *LISTS)
        for sentences in (
            ABOUT_REGISTRY,
            ABOUT_CARDS,
            ABOUT_COMMITMENTS,
            ABOUT_CONFIRMING,
            ABOUT_MERGING,
            ABOUT_TOPICS,
            ABOUT_OFFICES,
        ):
            verbs.register(sentences)
