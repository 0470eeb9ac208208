"""Doubled cities and partnerships: suggestions, dry run, merging, taking that back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journal.models import Entry

from ..merging import operations, showing, suggestions
from ..merging.planning import Mergeable, Plan, plan, same_next
from ..merging.traces import edited_since
from ..models import City, Merge, Partnership
from .merging_forms import MergeForm, SearchForm

PER_PAGE = 50
#: Entries offered to compare with.
MOST = 20
_MODELS: dict[str, type[Any]] = {"city": City, "partnership": Partnership}


@require_safe
@never_cache
def doubles(request: HttpRequest) -> HttpResponse:
    """What is probably doubled."""
    cities, partnerships = suggestions.doubled_cities(), suggestions.doubled_partnerships()
    context = {
        "cities": cities[: suggestions.MOST],
        "partnerships": partnerships[: suggestions.MOST],
        "more": max(len(cities), len(partnerships)) > suggestions.MOST,
        "breadcrumb": _breadcrumb(),
    }
    return render(request, "partnerships/merging/doubles.html", context)


@require_safe
@never_cache
def merges(request: HttpRequest) -> HttpResponse:
    """Every merge so far, the newest first."""
    names = [f"{part}_{kind}" for part in ("kept", "merged") for kind in _MODELS]
    found = Merge.objects.select_related("by", *names).defer("before", "after")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "breadcrumb": _breadcrumb((_("Merges so far"), ""))}
    return render(request, "partnerships/merging/merges.html", context)


@require_safe
@never_cache
def choose(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The entry that is doubled, and those it may be the same as."""
    entry = _entry(kind, slug)
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "entry": entry,
        "kind": kind,
        "form": form,
        "words": words,
        "found": _alike(entry, words)[:MOST],
        "breadcrumb": _breadcrumb((str(entry), "")),
    }
    return render(request, "partnerships/merging/choose.html", context)


@require_safe
@never_cache
def compare(request: HttpRequest, kind: str, slug: str, other: str) -> HttpResponse:
    """The dry run: ``slug`` stays, ``other`` goes into it; nothing is written."""
    found = plan(_entry(kind, slug), _entry(kind, other))
    return _dry_run(request, kind, found, MergeForm(initial={"seen": found.digest}))


@require_POST
def run(request: HttpRequest, kind: str, slug: str, other: str) -> HttpResponse:
    """Merge what was shown; if something else would happen by now, show that instead."""
    kept, merged = _entry(kind, slug), _entry(kind, other, every=True)
    form = MergeForm(request.POST)
    if form.is_valid():
        try:
            done = operations.merge(
                kept=kept,
                merged=merged,
                seen=form.cleaned_data["seen"],
                by=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Merged. The old address leads to the entry that stays."))
            return redirect("partnerships:merge", done.pk)
    if merged.merged_into_id:
        messages.error(request, _("One of the two has been merged already. Please look again."))
        return redirect("partnerships:doubles")
    found = plan(kept, merged)
    form.data = form.data.copy()
    form.data["seen"] = found.digest  # type: ignore[index]
    return _dry_run(request, kind, found, form)


@require_safe
@never_cache
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """What one merge did, and the button that takes it back."""
    return _merge_page(request, _merge(pk))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back, or list what somebody did since."""
    found = _merge(pk)
    try:
        operations.undo(merge=found, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        if refusal.code == "edited":
            return _merge_page(request, found)
    else:
        messages.success(request, _("The merge is taken back: both stand for themselves again."))
    return redirect("partnerships:merge", pk)


def _entry(kind: str, slug: str, *, every: bool = False) -> Any:
    model = _MODELS[kind]
    return get_object_or_404(model.every if every else model.objects, slug=slug)


def _merge(pk: int) -> Merge:
    names = [f"{part}_{kind}" for part in ("kept", "merged") for kind in _MODELS]
    return get_object_or_404(Merge.objects.select_related("by", "undone_by", *names), pk=pk)


def _alike(entry: Mergeable, words: str) -> Any:
    """Those that the words find; without words those of the same name or the same cities."""
    if isinstance(entry, City):
        return City.objects.search(words or entry.name).exclude(pk=entry.pk)
    found = Partnership.objects.exclude(pk=entry.pk).exclude(state=Partnership.State.DRAFT)
    if words:
        return found.search(words)
    for city in entry.parties.values_list("city", flat=True):
        found = found.filter(parties__city=city)
    return found


def _dry_run(request: HttpRequest, kind: str, found: Plan, form: MergeForm) -> HttpResponse:
    context = {
        "plan": found,
        "kind": kind,
        "form": form,
        "values": showing.values(found),
        "hanging": showing.hanging(found),
        "breadcrumb": _breadcrumb((_("Compare and merge"), "")),
    }
    return render(request, "partnerships/merging/compare.html", context)


def _merge_page(request: HttpRequest, found: Merge) -> HttpResponse:
    is_open = found.undone_at is None and timezone.now() <= found.undo_until
    city = found.kept_city if found.undone_at is None else None
    context = {
        "found": found,
        "moved": showing.moved(found),
        "is_open": is_open,
        "edited": edited_since(found) if is_open else [],
        "next": same_next(city) if city else [],
        "entries": Entry.objects.about(found.kept),
        "breadcrumb": _breadcrumb(
            (_("Merges so far"), reverse("partnerships:merges")), (str(found.merged), "")
        ),
    }
    return render(request, "partnerships/merging/merge.html", context)


def _breadcrumb(*more: tuple[str, str]) -> list[tuple[str, str]]:
    first = reverse("partnerships:doubles") if more else ""
    return [(_("Doubled entries"), first), *more]
