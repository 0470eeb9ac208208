"""A guest's personal pages. They have no language prefix: the recipient's language decides."""

from __future__ import annotations

from django.urls import path, register_converter

from . import personal_views as views


class PublicIdConverter:
    """128 random bits as 22 characters (``invitations.new_public_id``)."""

    regex = r"[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TokenConverter(PublicIdConverter):
    """Public id, dot, tag (``tokens.token_for``)."""

    regex = r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22}"


register_converter(PublicIdConverter, "public_id")
register_converter(TokenConverter, "token")

app_name = "invitation"
urlpatterns = [
    path("<token:token>/", views.open_link, name="open"),
    path("<token:token>/unsubscribe/", views.unsubscribe, name="unsubscribe"),
    path("<public_id:public_id>/", views.page, name="page"),
    path("<public_id:public_id>/answer/", views.answer, name="answer"),
    path("<public_id:public_id>/calendar.ics", views.calendar, name="calendar"),
    path("<public_id:public_id>/opt-out/", views.opt_out, name="opt_out"),
    # Mail programs break long links; what is left of one still finds the friendly page.
    path("<path:rest>/", views.broken_link, name="broken"),
]
