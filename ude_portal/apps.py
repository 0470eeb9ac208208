"""The site as an app: admin site, compiled texts, system checks."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "ude_portal"
    label = "portal"

    def ready(self) -> None:
        from . import account_mails, checks  # noqa: F401 (importing registers the checks)
        from .catalogues import compile_catalogues

        compile_catalogues()
        account_mails.register_kinds()


class PortalAdminConfig(AdminConfig):
    default_site = "ude_portal.admin_site.PortalAdminSite"
