"""What reviewers and staff may change about reviews."""

from __future__ import annotations

from exchanges.models import Review

from .may import ALL, May, Sender, done_by_them
from .write_log import Row


def own_review(row: Row, sender: Sender) -> bool:
    return sender.user is not None and row["reviewer_id"] == sender.user.pk


def of_own_review(row: Row, sender: Sender) -> bool:
    own = Review.objects.filter(reviewer=sender.user)
    return own.filter(pk=row["review_id"]).exists()


#: One's own declaration, scores and comments; who reviews what is the staff's to say.
OF_A_REVIEWER = (
    May(
        "exchanges_review",
        ("changed",),
        own_review,
        "state conflict declared_at recommendation abstains for_panel for_applicant "
        "submission_id done_at version",
    ),
    May("exchanges_score", ALL, of_own_review),
    May("exchanges_panelnote", ("added",), done_by_them),
)
#: Staff ask people and settle doubts; what somebody else wrote they never touch.
OF_STAFF = (
    May("exchanges_reviewer"),
    May("exchanges_review", ("added", "removed")),
    May("exchanges_review", ("changed",), columns="state declared_at version"),
    May("exchanges_formalcheck exchanges_panelnote", ("added",), done_by_them),
    May("exchanges_application", ("changed",), columns="state version"),
)
