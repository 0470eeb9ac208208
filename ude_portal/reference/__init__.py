"""Reference data that comes with the portal: goals, catalogues, cities, partnerships, past events.

The rule: a row that is missing is created. A row that is there is left alone, unless it counts
its saves (``VersionedModel``) and nobody has saved it yet (version 1): then its reference fields
follow the files, so that a new release can mend them. What staff edited is never overwritten.
Rows without such a count (goals, topics, offices …) are never changed once they exist. What was
deleted comes back with the next run; to be rid of an entry, hide it (partnerships: not shown in
the directory; events: draft).
"""

from .loading import load_reference

__all__ = ["load_reference"]
