from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("Cities and partnerships")

    def ready(self) -> None:
        from journal import verbs

        verbs.register(
            {
                "partnerships.listed": _("Added to the directory from a public source"),
                "partnerships.created": _("Partnership entered by the programme's staff"),
                "partnerships.edited": _("Partnership changed by the programme's staff"),
                "partnerships.cities_exported": _("%(count)s cities exported"),
                "partnerships.positions_exported": _("%(count)s positions exported"),
            }
        )
