"""Page b, the unit of all figures: what a page costs here before it says anything.

The portal's middleware and context processors, one template of its own with 40 translated
strings, a menu of ten addresses and a form with a CSRF token; no portal template, no query.
The words come from Django's own catalogue, so that no change of the portal's texts or pages
moves the unit. FROZEN: ``test_floor.py`` knows its checksum; a faster floor would make every
figure look worse, a slower one better.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

SOURCE = """{% load i18n %}<!doctype html>
{% get_current_language as LANGUAGE_CODE %}
<html lang="{{ LANGUAGE_CODE }}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{% translate "Home" %} – {{ title }}</title>
  </head>
  <body>
    <nav aria-label="{% translate "Navigation" %}">
      <ul>
        <li><a href="{% url "home" %}">{% translate "Home" %}</a></li>
        <li><a href="{% url "goals" %}">{% translate "Monday" %}</a></li>
        <li><a href="{% url "goal" 11 %}">{% translate "Tuesday" %}</a></li>
        <li><a href="{% url "events:events" %}">{% translate "Wednesday" %}</a></li>
        <li><a href="{% url "partnerships:directory" %}">{% translate "Thursday" %}</a></li>
        <li><a href="{% url "pages:news" %}">{% translate "Friday" %}</a></li>
        <li><a href="{% url "pages:page" "a" %}">{% translate "Saturday" %}</a></li>
        <li><a href="{% url "pages:page" "b" %}">{% translate "Sunday" %}</a></li>
        <li><a href="{% url "account_login" %}">{% translate "Log in" %}</a></li>
        <li><a href="{% url "account_logout" %}">{% translate "Log out" %}</a></li>
      </ul>
    </nav>
    <main>
      <h1>{{ title }}</h1>
      <p>{% translate "January" %} {% translate "February" %} {% translate "March" %}</p>
      <p>{% translate "April" %} {% translate "May" %} {% translate "June" %}</p>
      <p>{% translate "July" %} {% translate "August" %} {% translate "September" %}</p>
      <p>{% translate "October" %} {% translate "November" %} {% translate "December" %}</p>
      <form method="post">
        {% csrf_token %}
        <label>{% translate "Password" %} <input name="a" type="password"></label>
        <label>{% translate "Email address" %} <input name="b" type="email"></label>
        <label>{% translate "first name" %} <input name="c"></label>
        <label>{% translate "last name" %} <input name="d"></label>
        <button type="submit">{% translate "Save" %}</button>
        <button type="reset">{% translate "Delete" %}</button>
      </form>
      <p>{% translate "Yes" %} {% translate "No" %} {% translate "None" %}</p>
      <p>{% translate "Add" %} {% translate "Change" %} {% translate "Close" %}</p>
    </main>
    <footer>
      <p>{% translate "Documentation" %} {% translate "Search" %} {% translate "History" %}</p>
      <p>{% translate "Language" %}</p>
    </footer>
  </body>
</html>
"""


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_template().render({"title": "Page b"}, request))


def _template(cache: dict[str, object] = {}) -> object:  # noqa: B006 (compiled once a process)
    if "page" not in cache:
        cache["page"] = engines["django"].from_string(SOURCE)
    return cache["page"]


urlpatterns = [path("bench/b/", page, name="bench_floor")]
