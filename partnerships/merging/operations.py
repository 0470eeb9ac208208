"""Merging two doubled entries, and taking that back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from journal.versions import VersionedModel

from ..models import City, Merge, Partnership
from ..operations import renamed
from .planning import Mergeable, Move, plan
from .relations import Relation, relation
from .traces import edited_since, fingerprint, fingerprints


@transaction.atomic
def merge(*, kept: Mergeable, merged: Mergeable, seen: str, by: User) -> Merge:
    """Let ``merged`` go into ``kept`` with everything that hangs on it.

    ``seen`` is the digest of the plan that was shown. Who merges the same once more gets the same
    merge. Refuses with code ``merged`` where one of them leads on to another entry, ``refused``
    with the plan's reasons, or ``changed`` where something else would happen than was shown.
    """
    kept, merged = _locked(kept, merged)
    if merged.merged_into_id == kept.pk:
        return Merge.objects.get(**_of(kept, merged), undone_at__isnull=True)
    if kept.merged_into_id or merged.merged_into_id or kept.pk == merged.pk:
        raise ValidationError(
            _("One of the two has been merged already. Please look again."), code="merged"
        )
    found = plan(kept, merged)
    if found.refusals:
        raise ValidationError(" ".join(found.refusals), code="refused")
    if found.digest != seen:
        raise ValidationError(
            _("Something has changed since. Please look at what would happen once more."),
            code="changed",
        )
    moved = [_carry_out(one) for one in found.moves if one.moves or one.ended]
    before = _lead_on(kept, merged)
    made = Merge.objects.create(**_of(kept, merged), by=by, before=before)
    return _noted(made, moved, by)


@transaction.atomic
def undo(*, merge: Merge, by: User) -> Merge:
    """Put everything back where it was.

    Refuses with code ``undone``, ``final`` after 30 days, or ``edited`` where somebody edited
    something of it since (``traces.edited_since`` says what).
    """
    kept, merged = _locked(merge.kept, merge.merged)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise ValidationError(_("This merge is taken back already."), code="undone")
    if timezone.now() > merge.undo_until:
        raise ValidationError(
            _("A merge can be taken back for 30 days; this one is older."), code="final"
        )
    if edited_since(merge):
        raise ValidationError(
            _("The merge was not taken back: somebody has worked with it since."), code="edited"
        )
    for one in merge.moved:
        _take_back(one)
    _stand_again(kept, merged, merge.before)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    record("partnerships.merge_undone", kept, by=by, slug=merged.slug, merge=merge.pk)
    record("partnerships.stands_again", merged, by=by, slug=kept.slug, merge=merge.pk)
    return merge


def _locked(kept: Mergeable, merged: Mergeable) -> tuple[Any, Any]:
    """Both rows, locked smaller key first; the partnerships of cities after them."""
    model: type[Any] = type(kept)
    rows = model.every.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if model is City:
        theirs = Partnership.every.filter(parties__city__in=list(found)).values("pk")
        list(Partnership.every.select_for_update().filter(pk__in=theirs).order_by("pk"))
    return found[kept.pk], found[merged.pk]


def _of(kept: Mergeable, merged: Mergeable) -> dict[str, Any]:
    kind = Merge.Kind.CITY if isinstance(kept, City) else Merge.Kind.PARTNERSHIP
    return {"kind": kind, f"kept_{kind}": kept, f"merged_{kind}": merged}


def _carry_out(move: Move) -> dict[str, Any]:
    """Repoint, number and end the rows of one relation; returns what it takes to undo that."""
    rows = move.relation.model._base_manager
    ending = {
        name: value() if callable(value) else value for name, value in move.rule.ending.items()
    }
    columns = [*(ending if move.ended else ()), *([move.rule.number] if move.numbers else ())]
    changed = sorted({*move.ended, *move.numbers})
    before = {str(row.pop("pk")): row for row in rows.filter(pk__in=changed).values("pk", *columns)}
    if move.ended:
        rows.filter(pk__in=move.ended).update(**ending)
    target = _points_at(move.relation, move.target)
    for pk, number in move.numbers.items():
        rows.filter(pk=pk).update(**target, **{move.rule.number: number})
    rows.filter(pk__in=move.moves).update(**target)
    return {
        "relation": move.relation.key,
        "source": move.source,
        "moved": list(move.moves),
        "keys": sorted({*move.moves, *move.ended}),
        "before": before,
    }


def _points_at(found: Relation, pk: int) -> dict[str, Any]:
    """What to set; a new version turns down forms and operations that hold the old row."""
    values: dict[str, Any] = {found.field.attname: pk}
    if issubclass(found.model, VersionedModel):
        values["version"] = F("version") + 1
    return values


def _lead_on(kept: Any, merged: Any) -> dict[str, Any]:
    """Hide the merged entry and give its names to the other; returns what stood there before."""
    before: dict[str, Any] = {"kept": {}, "merged": {}}
    merged.merged_into = kept
    if isinstance(kept, City):
        before["kept"] = {"other_names": kept.other_names}
        kept.other_names = _with_names_of(kept, merged)
    else:
        before["merged"] = {"in_directory": merged.in_directory}
        merged.in_directory = False
    merged.save()
    kept.save()
    if isinstance(kept, City):
        renamed(city=kept)
    return before


def _with_names_of(kept: City, merged: City) -> str:
    known = {kept.name_de, kept.name_en}
    names = [*kept.spellings, merged.name_de, merged.name_en or "", *merged.spellings]
    return "\n".join(name for name in dict.fromkeys(names) if name and name not in known)


def _noted(made: Merge, moved: list[dict[str, Any]], by: User) -> Merge:
    """Keep the keys that moved and fingerprints of everything, and record both entries."""
    kept, merged = made.kept, made.merged
    made.moved = [
        {**one, "rows": fingerprints(relation(one["relation"]).model, one.pop("keys"))}
        for one in moved
    ]
    count = made.count
    record("partnerships.leads_on", merged, by=by, slug=kept.slug, merge=made.pk)
    entry = record("partnerships.merged", kept, by=by, slug=merged.slug, merge=made.pk, count=count)
    made.after = {"entry": entry.pk}
    for name, one in (("kept", kept), ("merged", merged)):
        fresh = type(one)._base_manager.get(pk=one.pk)
        made.after[name] = fingerprint(fresh)
    made.save(update_fields=["moved", "after"])
    return made


def _take_back(moved: dict[str, Any]) -> None:
    found = relation(moved["relation"])
    rows, back = found.model._base_manager, _points_at(found, moved["source"])
    for key, values in moved["before"].items():
        goes = back if int(key) in moved["moved"] else {}
        rows.filter(pk=int(key)).update(**values, **goes)
    rows.filter(pk__in=moved["moved"]).update(**back)


def _stand_again(kept: Any, merged: Any, before: dict[str, Any]) -> None:
    merged.merged_into = None
    for one, values in ((kept, before["kept"]), (merged, before["merged"])):
        for name, value in values.items():
            setattr(one, name, value)
        one.save()
    if isinstance(kept, City):
        renamed(city=kept)
        renamed(city=merged)
