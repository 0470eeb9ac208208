"""Cities, posts and partnerships in the administration."""

from . import bodies, links, merging, places, posts  # noqa: F401
