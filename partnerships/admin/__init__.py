"""Cities, posts and partnerships in the administration."""

from . import bodies, links, places, posts  # noqa: F401
