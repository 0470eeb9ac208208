"""This room's block on the staff's page of one case: on whose desk it lies, what comes next."""

from __future__ import annotations

from typing import Any

from accounts.models import User

from .. import actors
from ..models import Application
from ..policies import Action
from ..staff_page import Block
from . import lists
from .forms import TransferForm


def desk(application: Application, user: User) -> dict[str, Any]:
    can = actors.of_staff(user).may(Action.TRANSFER, application)
    step = lists.next_step(lists.cases().get(pk=application.pk))
    return {"transferring": TransferForm() if can else None, "next_step": step.label}


BLOCKS = (Block("exchanges/staff/_desk.html", 30, desk),)
