"""What changes an application on its way to the programme: each locks its row first."""

from .asking import ask_information, extend, go_on
from .handing_in import submit
from .signing import sign, waive
from .withdrawing import withdraw

__all__ = ["ask_information", "extend", "go_on", "sign", "submit", "waive", "withdraw"]
