"""The forms of the parts *budget* and *journey*, and the calculator of per diems."""

from .budget import BudgetForm
from .calculator import PerDiemForm
from .journey import JourneyForm

__all__ = ["BudgetForm", "JourneyForm", "PerDiemForm"]
