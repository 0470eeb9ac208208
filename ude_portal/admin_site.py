"""The administration: Django's own, entered through the portal's sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

#: What databases and date arithmetic raise for values out of their range.
OUT_OF_RANGE = (DataError, OverflowError, ValueError, ValidationError)
#: The portal asks is_staff and is_superuser, never groups; sign-in addresses and second factors
#: change by the person, or by ``accounts.operations``.
NOT_HERE = {"auth.group", "account.emailaddress", "mfa.authenticator"}
LONGEST_SEARCH, LONGEST_PARAMETER = 200, 2000

View = Callable[..., HttpResponse]


def refuse_bad_lookups(view: View) -> View:
    """Answer 400 where a query string or a key in the address cannot be looked up.

    Change lists hand any ``field__lookup=value`` to the database; ``?start__year=99999999999``
    is nobody's mistake but the sender's. The page is rendered here, since filters and the
    date drill-down read the same values while rendering.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_short(request):
            raise BadRequest("query string too long")
        try:
            response = view(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response
        except OUT_OF_RANGE as error:
            if request.method != "POST" or request.GET or isinstance(error, OverflowError):
                raise BadRequest("lookup out of range") from error
            raise

    return wrapper


def _is_short(request: HttpRequest) -> bool:
    values = request.GET.lists()
    return len(request.GET.get("q", "")) <= LONGEST_SEARCH and all(
        len(value) <= LONGEST_PARAMETER for _name, many in values for value in many
    )


class PortalAdminSite(admin.AdminSite):
    """Staff enter by the portal's own sign-in, second factor included."""

    site_header = _("UDE portal: administration")
    site_title = _("UDE administration")
    index_title = _("Master data")
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(refuse_bad_lookups(view), cacheable)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = [model_or_iterable] if hasattr(model_or_iterable, "_meta") else model_or_iterable
        kept = [model for model in models if model._meta.label_lower not in NOT_HERE]
        super().register(kept, admin_class, **options)
