"""This room's block on the staff's page of one case: on whose desk it lies."""

from __future__ import annotations

from typing import Any

from accounts.models import User

from .. import actors
from ..models import Application
from ..policies import Action
from ..staff_page import Block
from .forms import TransferForm


def desk(application: Application, user: User) -> dict[str, Any]:
    can = actors.of_staff(user).may(Action.TRANSFER, application)
    return {"transferring": TransferForm() if can else None}


BLOCKS = (Block("exchanges/staff/_desk.html", 30, desk),)
