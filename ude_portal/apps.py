"""The site as an app: admin site, compiled texts, system checks."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from .catalogues import compile_catalogues


class PortalConfig(AppConfig):
    name = "ude_portal"
    label = "portal"

    def __init__(self, *args: Any) -> None:
        # Django reads the catalogues while it imports models, long before any ``ready``.
        compile_catalogues()
        super().__init__(*args)

    def ready(self) -> None:
        from . import account_mails, checks  # noqa: F401 (importing registers the checks)

        account_mails.register_kinds()


class PortalAdminConfig(AdminConfig):
    default_site = "ude_portal.admin_site.PortalAdminSite"
