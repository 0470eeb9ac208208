from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from journal import verbs


class MailingConfig(AppConfig):
    name = "mailing"
    verbose_name = _("Outgoing mail")

    def ready(self) -> None:
        verbs.register(
            {
                "mailing.retried": _("Mail queued again"),
                "mailing.released": _("Outbox opened after restoring, mails that go: %(count)s"),
                "mailing.dropped": _("Outbox opened after restoring, mails dropped: %(count)s"),
            }
        )
