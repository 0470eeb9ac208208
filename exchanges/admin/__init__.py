"""Master data of exchanges; cases themselves are worked on in their own pages."""

from . import calls, reviewers  # noqa: F401 - register
