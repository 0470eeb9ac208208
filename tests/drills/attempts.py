"""Everything a sender knows to attack: addresses of all pages, and all forms there are."""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from events import tokens
from partnerships.confirming import tokens as confirmation_tokens
from tests.cast import GUEST
from tests.page_forms import PageForm, forms_of
from tests.url_samples import arguments, urls
from ude_portal.access import rule_for

from .answers import view_of
from .canaries import without_canaries
from .private_world import PrivateWorld

PERSONAL = ("invitation:open", "invitation:unsubscribe")
#: As many rows of each table of the administration are tried.
ROWS = 3


def addresses(world: PrivateWorld, role: str) -> dict[str, str]:
    """Every path in both languages with its name, for own rows and for those of others."""
    return {path: url.name for url in urls() if url.has_name for path in _paths(world, role, url)}


def _paths(world: PrivateWorld, role: str, url: Any) -> Iterator[str]:
    for given in _arguments(world, role, url):
        for language in ("de", "en"):
            with translation.override(language):
                try:
                    yield reverse(url.name, kwargs=given)
                except NoReverseMatch:
                    continue


def sorted_by_right(
    known: dict[str, str], user: Any
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Name → paths: the pages that let this person in, and those that do not."""
    opened: dict[str, list[str]] = defaultdict(list)
    closed: dict[str, list[str]] = defaultdict(list)
    for path, name in known.items():
        (opened if _lets_in(name, user) else closed)[name].append(path)
    return opened, closed


def _lets_in(name: str, user: Any) -> bool:
    rule = rule_for(name)
    return rule is not None and rule.allows(user or AnonymousUser())


def some_of_each(known: dict[str, str], rng: Random, rows: int, share: float = 1) -> dict[str, str]:
    """Up to ``rows`` German paths for each name, or for a share (0–1) of the names."""
    german: dict[str, list[str]] = defaultdict(list)
    for path, name in known.items():
        if not path.startswith("/en/"):
            german[name].append(path)
    names = rng.sample(sorted(german), math.ceil(share * len(german)))
    chosen = {name: rng.sample(german[name], min(rows, len(german[name]))) for name in names}
    return {path: name for name, paths in chosen.items() for path in paths}


def _arguments(world: PrivateWorld, role: str, url: Any) -> Iterator[dict[str, Any]]:
    if url.name in PERSONAL:
        yield from ({"token": token} for token in _links(world, role))
        return
    if url.name == "confirmation:open":
        yield {"token": _spoilt(confirmation_tokens.token_for(world.mine.question))}
        return
    yield arguments(url.name, url.parameters, world.mine)
    if url.parameters:
        yield arguments(url.name, url.parameters, world.foreign)
    if url.name.startswith("admin:") and url.parameters == {"object_id"}:
        model = next(m for m in admin.site._registry if f":{_key(m)}_" in url.name)
        rows = model._base_manager.values_list("pk", flat=True)[:ROWS]
        yield from ({"object_id": pk} for pk in rows)


def _key(model: Any) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def _links(world: PrivateWorld, role: str) -> Iterator[str]:
    """The guest has their link; all others know at most the part that is no secret."""
    mine, foreign = world.mine.invitation, world.foreign.invitation
    if role == GUEST:
        yield tokens.token_for(mine)
    for invitation in (mine, foreign):
        yield _spoilt(tokens.token_for(invitation))
    yield f"{foreign.public_id}.{tokens.token_for(mine).partition('.')[2]}"


def _spoilt(token: str) -> str:
    public_id, _, tag = token.partition(".")
    return f"{public_id}.{tag[::-1]}"


@dataclass(frozen=True)
class Found:
    """A form, and where it stood."""

    page: str
    form: PageForm


Forms = dict[str, list[Found]]


def forms_on(client: Client, user: Any, known: dict[str, str]) -> Forms:
    """The forms of those of the pages that let this person in, by page and purpose."""
    kinds: Forms = defaultdict(list)
    for path in (path for path, name in known.items() if _lets_in(name, user)):
        for form in forms_of(_html(client.get(path)), path):
            kinds[f"{known[path]} → {view_of(form.action)}"].append(Found(path, form))
    return kinds


def _html(response: Any) -> str:
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return ""
    return str(response.content.decode())


def without_what_is_private(forms: Forms) -> Forms:
    """The same forms for somebody who has not seen what stands in them."""
    return {kind: [_public(one) for one in found] for kind, found in forms.items()}


def _public(found: Found) -> Found:
    controls = {
        name: dataclasses.replace(
            control,
            values=[without_canaries(value) for value in control.values],
            choices=[without_canaries(choice) for choice in control.choices],
        )
        for name, control in found.form.controls.items()
    }
    return Found(found.page, PageForm(found.form.action, controls))


def ids_of(world: PrivateWorld) -> list[str]:
    """Keys and names of rows of anybody, as strangers may guess or have seen them."""
    found: list[str] = ["1", "2"]
    for one in (world.mine, world.foreign):
        found += [one.invitation.public_id, one.event.slug, one.partnership.slug, one.city.slug]
        rows = (one.invitation, one.event, one.mail, one.partnership, one.file, one.page)
        found += [str(row.pk) for row in rows]
    return found + [str(user.pk) for user in world.mine.people.values()]
