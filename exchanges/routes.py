"""Pages of an application, written once: below a city's office, and below a partner's link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import URLPattern, path

import mailing.link_urls  # noqa: F401 - makes <public_id:…> known
from partnerships.policies import May

from .door import View, link_case, office_case


@dataclass(frozen=True)
class Route:
    """``path`` stands below the application's address; ``may`` is what the view asks for.

    ``by_link`` says whether the partner's link opens it, too.
    """

    path: str
    view: View
    name: str
    may: May
    by_link: bool = True


def office_urls(routes: Iterable[Route]) -> list[URLPattern]:
    below = "office/<slug:city>/exchanges/<slug:ref>/"
    return [path(below + r.path, office_case(r.may)(r.view), name=r.name) for r in routes]


def link_urls(routes: Iterable[Route]) -> list[URLPattern]:
    below = "<public_id:public_id>/"
    return [
        path(below + r.path, link_case(r.may)(r.view), name=r.name) for r in routes if r.by_link
    ]
