"""Master data of exchanges; cases themselves are worked on in their own pages."""

from . import calls, rates, reviewers  # noqa: F401 - register
