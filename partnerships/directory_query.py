"""What somebody asks of the directory, as it stands in the address; nothing in it is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

#: Names of the filters in the address, in the order in which the page shows them.
FACETS = ("country", "land", "goal", "topic", "kind")
SORTS = ("name", "year", "partner")
PER_PAGE = (25, 50, 200)
LONGEST = 100


@dataclass(frozen=True)
class Query:
    """Words, filters, order and page. Unknown orders and sizes fall back to the first.

    An unknown value of a filter stays: it finds nothing, is shown and can be removed.
    ``page`` is text: the paginator turns it into a page that exists.
    """

    words: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    sort: str = SORTS[0]
    per_page: int = PER_PAGE[0]
    page: str = "1"

    @classmethod
    def from_address(cls, params: Mapping[str, str]) -> Query:
        sizes = {str(size): size for size in PER_PAGE}
        sort = params.get("sort", "")
        values = {name: params.get(name, "").strip()[:LONGEST] for name in FACETS}
        return cls(
            words=" ".join(params.get("q", "").split())[:LONGEST],
            filters={name: value for name, value in values.items() if value},
            sort=sort if sort in SORTS else SORTS[0],
            per_page=sizes.get(params.get("per_page", ""), PER_PAGE[0]),
            page=params.get("page", "1"),
        )

    def address(self, *, without: str = "") -> str:
        """The query string, without the page and, if asked, without one of its parts."""
        parts = {
            "q": self.words,
            **self.filters,
            "sort": self.sort if self.sort != SORTS[0] else "",
            "per_page": str(self.per_page) if self.per_page != PER_PAGE[0] else "",
        }
        return urlencode({k: v for k, v in parts.items() if v and k != without})
