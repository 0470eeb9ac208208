from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from journal import verbs

        from .mail_kinds import register_kinds
        from .merging import register_rules
        from .verbs import SENTENCES

        register_kinds()
        register_rules()
        verbs.register(SENTENCES)
