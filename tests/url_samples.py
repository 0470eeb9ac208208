"""A real address for every URL name: arguments that point into the world of the cast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver, reverse

from events import tokens
from partnerships.confirming import tokens as confirmation_tokens
from partnerships.policies import May

from .cast import World
from .exchanges import addresses as exchanges
from .exchanges import case_addresses

Arguments = Callable[[World], dict[str, Any]]


def _event(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def _office(world: World) -> dict[str, Any]:
    return {"city": world.city.slug}


def _topics(world: World) -> dict[str, Any]:
    return {"city": world.city.slug, "slug": world.agreeing.slug}


def _commitment(world: World) -> dict[str, Any]:
    return _topics(world) | {"pk": world.commitment.pk}


def _card(world: World) -> dict[str, Any]:
    return {"city": world.city.slug, "pk": world.card.pk}


def _wish(world: World) -> dict[str, Any]:
    return {"city": world.city.slug, "pk": world.wish.pk}


def _asked(world: World) -> dict[str, Any]:
    return {"city": world.city.slug, "other": world.partner_city.slug}


def _member(world: World) -> dict[str, Any]:
    return _office(world) | {"pk": world.colleague.pk}


def _post(world: World) -> dict[str, Any]:
    return _office(world) | {"pk": world.city.positions.first().pk}


def _draft(world: World) -> dict[str, Any]:
    return {"city": world.city.slug, "slug": world.unfinished.slug}


def _paper(world: World) -> dict[str, Any]:
    return {**_draft(world), "pk": world.paper.pk}


def _shared(world: World) -> dict[str, Any]:
    return {"city": world.city.slug, "slug": world.partnership.slug}


def _guest(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug, "public_id": world.invitation.public_id}


def _personal(world: World) -> dict[str, Any]:
    return {"public_id": world.invitation.public_id}


def _token(world: World) -> dict[str, Any]:
    return {"token": tokens.token_for(world.invitation)}


SAMPLES: dict[str, Arguments] = {
    **case_addresses.SAMPLES,
    **exchanges.SAMPLES,
    "goal": lambda world: {"number": 11},
    "topic": lambda world: {"slug": "schwammstadt"},
    "pages:page": lambda world: {"slug": world.page.slug},
    "pages:news_item": lambda world: {"slug": world.news.slug},
    "partnerships:partnership": lambda world: {"slug": world.partnership.slug},
    "open_data:partnerships": lambda world: {"form": "csv"},
    "partnerships:city": lambda world: {"slug": world.city.slug},
    **dict.fromkeys(
        [
            "office:overview",
            "office:topic_index",
            "office:cards",
            "office:card_matches",
            "office:all_cards",
            "office:card_new",
            "office:card_add",
            "office:radar",
            "office:contacts",
        ],
        _office,
    ),
    **dict.fromkeys(
        [
            "office:topics",
            "office:ranking",
            "office:rank",
            "office:topics_reopen",
            "office:focus_goals",
            "office:focus_goals_save",
        ],
        _topics,
    ),
    **dict.fromkeys(["office:commitment_new", "office:commitment_add"], _topics),
    **dict.fromkeys(
        [
            "office:commitment",
            "office:commitment_save",
            "office:commitment_close",
            "office:commitment_reopen",
        ],
        _commitment,
    ),
    **dict.fromkeys(["office:card", "office:card_save", "office:card_remove"], _card),
    **dict.fromkeys(
        [
            "office:contact",
            "office:contact_agree",
            "office:contact_decline",
            "office:contact_withdraw",
        ],
        _wish,
    ),
    **dict.fromkeys(["office:contact_ask", "office:contact_send"], _asked),
    **dict.fromkeys(["office:partnerships", "office:partnership_new"], _office),
    **dict.fromkeys(
        [
            "office:draft",
            "office:draft_register",
            "office:draft_cities",
            "office:draft_remove_city",
            "office:draft_propose_city",
            "office:draft_discard",
        ],
        _draft,
    ),
    **dict.fromkeys(["office:download", "office:remove_file"], _paper),
    **dict.fromkeys(
        [
            "office:partnership",
            "office:claim",
            "office:confirm",
            "office:take_back",
            "office:give_way",
            "office:upload",
        ],
        _shared,
    ),
    **dict.fromkeys(
        ["partnerships:answer_accept", "partnerships:answer_refuse"],
        lambda world: {"pk": world.unknown.pk},
    ),
    "partnerships:silent_remind": lambda world: {"slug": world.partnership.slug},
    "partnerships:draft_tell": lambda world: {"slug": world.unfinished.slug},
    **dict.fromkeys(
        ["partnerships:export_list", "partnerships:export_file"],
        lambda world: {"name": "positions"},
    ),
    "partnerships:mediate": lambda world: {"slug": world.partnership.slug},
    **dict.fromkeys(
        [
            "partnerships:proposed_city",
            "partnerships:proposed_city_accept",
            "partnerships:proposed_city_refuse",
        ],
        lambda world: {"pk": world.unfinished.proposed_cities.get().pk},
    ),
    "office:ask_partner": lambda world: {**_shared(world), "party": world.question.party_id},
    "confirmation:open": lambda world: {"token": confirmation_tokens.token_for(world.question)},
    **dict.fromkeys(
        ["confirmation:page", "confirmation:answer", "confirmation:take_over"],
        lambda world: {"public_id": world.question.public_id},
    ),
    "confirmation:broken": lambda world: {"rest": "half-a-link"},
    **dict.fromkeys(
        [
            *("office:people", "office:leave", "office:posts"),
            *("office:invite", "office:post_add"),
        ],
        _office,
    ),
    "office:ask_city": lambda world: {"slug": world.partner_city.slug},
    "office:request_withdraw": lambda world: {"pk": world.role_request.pk},
    "office:invited": lambda world: {"public_id": world.office_invitation.public_id},
    "office:departments": lambda world: _office(world) | {"slug": world.partnership.slug},
    **dict.fromkeys(["office:person", "office:person_end"], _member),
    **dict.fromkeys(["office:post", "office:post_holder", "office:post_end"], _post),
    **dict.fromkeys(
        ["office:request_grant", "office:request_refuse"],
        lambda world: _office(world) | {"pk": world.role_request.pk},
    ),
    "office:invitation_take_back": lambda world: (
        _office(world) | {"pk": world.office_invitation.pk}
    ),
    **dict.fromkeys(
        ["partnerships:role_request_grant", "partnerships:role_request_refuse"],
        lambda world: {"pk": world.role_request.pk},
    ),
    **dict.fromkeys(
        [
            "partnerships:import",
            "partnerships:import_reading",
            "partnerships:import_columns",
            "partnerships:import_run",
            "partnerships:import_discard",
            "partnerships:import_undo",
            "partnerships:import_report",
        ],
        lambda world: {"pk": world.draft.pk},
    ),
    **dict.fromkeys(
        [
            "partnerships:import_task",
            "partnerships:import_task_solve",
            "partnerships:import_task_discard",
        ],
        lambda world: {"pk": world.task.pk},
    ),
    **dict.fromkeys(
        ["partnerships:merge", "partnerships:merge_undo"], lambda world: {"pk": world.merge.pk}
    ),
    "partnerships:city_merge": lambda world: {"slug": world.city.slug},
    "partnerships:partnership_merge": lambda world: {"slug": world.partnership.slug},
    **dict.fromkeys(
        ["partnerships:city_merge_compare", "partnerships:city_merge_run"],
        lambda world: {"slug": world.city.slug, "other": world.partner_city.slug},
    ),
    **dict.fromkeys(
        ["partnerships:partnership_merge_compare", "partnerships:partnership_merge_run"],
        lambda world: {"slug": world.agreeing.slug, "other": world.partnership.slug},
    ),
    "events:file": lambda world: {"slug": world.event.slug, "pk": world.file.pk},
    **dict.fromkeys(
        [
            "events:event",
            "events:ics",
            "events:guests",
            "events:invite",
            "events:invite_send",
            "events:invite_preview",
            "events:invite_preview_html",
            "events:invite_test",
            "events:invite_stop",
            "events:invite_continue",
            "events:delegations",
            "events:reminders",
            "events:announce",
            "events:cancel",
            "events:export",
            "events:export_file",
        ],
        _event,
    ),
    **dict.fromkeys(
        [
            "events:guest",
            "events:guest_answer",
            "events:guest_withdraw",
            "events:guest_resend",
            "events:guest_address",
            "events:guest_right",
        ],
        _guest,
    ),
    **dict.fromkeys(["invitation:open", "invitation:unsubscribe"], _token),
    **dict.fromkeys(
        ["invitation:page", "invitation:answer", "invitation:calendar", "invitation:opt_out"],
        _personal,
    ),
    "invitation:broken": lambda world: {"rest": "half-a-link"},
    **dict.fromkeys(
        ["mailing:mail", "mailing:mail_html", "mailing:retry"],
        lambda world: {"pk": world.mail.pk},
    ),
    **dict.fromkeys(
        ["mailing:mailbox_mail", "mailing:mailbox_html", "mailing:mailbox_calendar"],
        lambda world: {"name": "20270317T140000-000000-0123abcd"},
    ),
    "account_confirm_email": lambda world: {"key": "abc"},
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "abc-def"},
    "mfa_edit_webauthn": lambda world: {"pk": 1},
    "mfa_remove_webauthn": lambda world: {"pk": 1},
    "admin:app_list": lambda world: {"app_label": "events"},
    "admin:view_on_site": lambda world: {
        "content_type_id": ContentType.objects.get_for_model(world.event).pk,
        "object_id": world.event.pk,
    },
}


def arguments(name: str, parameters: frozenset[str], world: World) -> dict[str, Any]:
    """Keyword arguments for a URL name; ``LookupError`` for a name nobody gave a sample."""
    if not parameters:
        return {}
    if name in SAMPLES:
        return SAMPLES[name](world)
    for model in admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        if name.startswith(prefix) and parameters == {"object_id"}:
            return {"object_id": world.row_of(model).pk}
    raise LookupError(f"no sample arguments for the URL name {name!r}: add them to SAMPLES")


@dataclass(frozen=True)
class Url:
    """A pattern: its full view name (the view's path where it has none), parameters, role."""

    name: str
    has_name: bool
    parameters: frozenset[str]
    asks_for: May | None = None
    for_reviewers: bool = False


@cache
def urls() -> tuple[Url, ...]:
    """Every pattern of the portal."""
    return tuple(_walk(get_resolver().url_patterns, "", frozenset()))


def _walk(entries: Any, namespace: str, parameters: frozenset[str]) -> Iterator[Url]:
    for entry in entries:
        taken = parameters | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, inner, taken)
        else:
            name = namespace + (entry.name or entry.lookup_str)
            asks_for = getattr(entry.callback, "asks_for", None)
            for_reviewers = getattr(entry.callback, "for_reviewers", False)
            yield Url(name, bool(entry.name), taken, asks_for, for_reviewers)


def names() -> list[str]:
    """Names of all URLs that have one."""
    return sorted({url.name for url in urls() if url.has_name})


def address(name: str, world: World) -> str:
    """A real address for the name."""
    return reverse(name, kwargs=arguments(name, _parameters()[name], world))


@cache
def _parameters() -> dict[str, frozenset[str]]:
    """By name; of patterns that share one, the first counts."""
    return {url.name: url.parameters for url in reversed(urls())}
