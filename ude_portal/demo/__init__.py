"""The demo programme: real cities and partnerships, invented people, a roundtable in full swing."""

from .people import LOGINS
from .programme import NotEmpty, load

__all__ = ["LOGINS", "NotEmpty", "load"]
