from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ROOMS = ("calls", "drafting", "money", "submitting", "reviewing", "deciding", "pipeline")


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Expert exchanges")

    def ready(self) -> None:
        from accounts.backends import read_alongside
        from journal import verbs
        from partnerships.offices.tabs import Tab, register

        from .drafting.cases import register_cases
        from .drafting.waiting import register_waiting
        from .merging import register_rules

        for room in ROOMS:
            verbs.register(import_module(f"{self.name}.{room}.verbs").SENTENCES)
            import_module(f"{self.name}.{room}.mail_kinds").register_kinds()
        register_cases()
        register_waiting()
        register_rules()
        # Rooms add their parts, panels and blocks where their addresses are.
        import_module(f"{self.name}.urls")
        read_alongside("reviewer")
        register(Tab("exchanges", _("Exchanges"), "exchanges:cases", 50))
