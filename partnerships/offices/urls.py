"""Pages of a city's office, below ``/office/<city>/``, and the way to a role there."""

from __future__ import annotations

from django.urls import include, path

from ..cards.urls import urlpatterns as cards
from ..commitments.urls import urlpatterns as commitments
from ..confirming.office.urls import urlpatterns as partnership_pages
from ..focus.urls import urlpatterns as focus
from . import departments, joining, leaving, people, posts, views

app_name = "office"
urlpatterns = [
    path("", views.start, name="start"),
    path("ask/", views.ask, name="ask"),
    path("ask/<slug:slug>/", views.ask_city, name="ask_city"),
    path("requests/<int:pk>/withdraw/", views.request_withdraw, name="request_withdraw"),
    path("invited/<str:public_id>/", joining.invited, name="invited"),
    path("<slug:city>/", views.overview, name="overview"),
    *focus,
    *cards,
    *commitments,
    path("<slug:city>/people/", people.people, name="people"),
    path("<slug:city>/people/invite/", people.invite, name="invite"),
    path("<slug:city>/people/<int:pk>/", people.person, name="person"),
    path("<slug:city>/people/<int:pk>/end/", people.person_end, name="person_end"),
    path(
        "<slug:city>/invitations/<int:pk>/take-back/",
        people.invitation_take_back,
        name="invitation_take_back",
    ),
    path("<slug:city>/requests/<int:pk>/grant/", people.request_grant, name="request_grant"),
    path("<slug:city>/requests/<int:pk>/refuse/", people.request_refuse, name="request_refuse"),
    path("<slug:city>/leave/", leaving.leave, name="leave"),
    path("<slug:city>/posts/", posts.posts, name="posts"),
    path("<slug:city>/posts/add/", posts.post_add, name="post_add"),
    path("<slug:city>/posts/<int:pk>/", posts.post, name="post"),
    path("<slug:city>/posts/<int:pk>/holder/", posts.post_holder, name="post_holder"),
    path("<slug:city>/posts/<int:pk>/end/", posts.post_end, name="post_end"),
    path(
        "<slug:city>/partnerships/<slug:slug>/departments/",
        departments.departments,
        name="departments",
    ),
    path("<slug:city>/partnerships/", include(partnership_pages)),
]
