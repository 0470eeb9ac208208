from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from journal import verbs

        verbs.register(
            {
                "accounts.staff_appointed": _("Account made a member of the staff"),
                "accounts.address_changed": _("E-mail address of an account changed"),
                "accounts.second_factor_removed": _("Second factor of an account removed"),
                "accounts.anonymised": _("Account anonymised after two years without sign-in"),
            }
        )
