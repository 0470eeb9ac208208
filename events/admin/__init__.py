"""Events in the administration; guests change only by what they and staff do in the portal."""

from . import guests, programme  # noqa: F401
