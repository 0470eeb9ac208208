"""A preflight ready to print: recipients by delegation, those left out by reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .forms.send_form import Selection
from .guest_rows import place_of
from .models import Right
from .recipients import LeftOut, Preflight, Recipient
from .when import moment


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One recipient; where ``is_open``, staff decide whether they speak."""

    key: str
    label: str
    function: str
    place: str
    reasons: str
    language: str
    right: str
    local_start: str
    is_left_out: bool
    preview: str
    is_open: bool
    speaks: bool


@dataclass(slots=True)
class RecipientGroup:
    """The recipients of one partnership, with what its delegation lacks; or all others."""

    title: str
    missing: list[str] = field(default_factory=list)
    rows: list[RecipientRow] = field(default_factory=list)


def recipient_groups(preflight: Preflight, selection: Selection) -> list[RecipientGroup]:
    """One group for each chosen partnership, then one without a title for everybody else."""
    groups = {
        check.partnership.pk: RecipientGroup(
            str(check.partnership), [str(sentence) for sentence in check.missing]
        )
        for check in preflight.delegations
    }
    others = RecipientGroup("")
    for recipient in selection.decided(preflight.recipients):
        partnership = recipient.partnership
        group = groups.get(partnership.pk, others) if partnership else others
        group.rows.append(_row(recipient, selection))
    return [*groups.values(), others] if others.rows else list(groups.values())


def _row(recipient: Recipient, selection: Selection) -> RecipientRow:
    return RecipientRow(
        key=recipient.key,
        label=recipient.name or recipient.email,
        function=recipient.function or (recipient.email if recipient.name else ""),
        place=place_of(recipient.city),
        reasons=", ".join(str(reason) for reason in recipient.reasons),
        language=recipient.language,
        right=str(Right(recipient.right).label),
        local_start=_local_start(recipient),
        is_left_out=recipient.key in selection.left_out,
        preview=_preview(recipient),
        is_open=not recipient.right_is_certain
        and (recipient.right == Right.LISTEN or recipient.key in selection.speakers),
        speaks=recipient.right == Right.SPEAK,
    )


def _preview(recipient: Recipient) -> str:
    """The query that shows this recipient's mail (``PreviewForm``)."""
    query = {"to": recipient.key, "right": recipient.right}
    if recipient.position is None:
        query |= {"name": recipient.name, "language": recipient.language}
    if recipient.partnership:
        query["partnership"] = str(recipient.partnership.pk)
    return urlencode({name: value for name, value in query.items() if value})


def _local_start(recipient: Recipient) -> str:
    place = recipient.city.name if recipient.city else ""
    return moment(recipient.local_start, recipient.time_zone, place=place)


def left_out_groups(left_out: Iterable[LeftOut]) -> list[tuple[str, list[LeftOut]]]:
    """Those left out by reason, in the order in which the reasons first occur."""
    groups: dict[str, list[LeftOut]] = {}
    for one in left_out:
        groups.setdefault(str(one.reason), []).append(one)
    return list(groups.items())
