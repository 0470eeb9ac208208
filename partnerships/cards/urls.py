"""Addresses of cards and contacts, below an office's own."""

from __future__ import annotations

from django.urls import path

from . import contact_views as contacts
from . import views

_CARDS = "<slug:city>/cards/"

urlpatterns = [
    path(_CARDS, views.cards, name="cards"),
    path(f"{_CARDS}matches/", views.matches, name="card_matches"),
    path(f"{_CARDS}all/", views.everybody, name="all_cards"),
    path(f"{_CARDS}new/", views.new, name="card_new"),
    path(f"{_CARDS}add/", views.add, name="card_add"),
    path(f"{_CARDS}<int:pk>/", views.card, name="card"),
    path(f"{_CARDS}<int:pk>/save/", views.save, name="card_save"),
    path(f"{_CARDS}<int:pk>/remove/", views.remove, name="card_remove"),
    path(f"{_CARDS}shared-partners/", contacts.shared_partners, name="radar"),
    path(f"{_CARDS}contacts/", contacts.contacts, name="contacts"),
    path(f"{_CARDS}contacts/ask/<slug:other>/", contacts.ask, name="contact_ask"),
    path(f"{_CARDS}contacts/ask/<slug:other>/send/", contacts.send, name="contact_send"),
    path(f"{_CARDS}contacts/<int:pk>/", contacts.contact, name="contact"),
    path(f"{_CARDS}contacts/<int:pk>/agree/", contacts.agree, name="contact_agree"),
    path(f"{_CARDS}contacts/<int:pk>/decline/", contacts.decline, name="contact_decline"),
    path(f"{_CARDS}contacts/<int:pk>/withdraw/", contacts.withdraw, name="contact_withdraw"),
]
