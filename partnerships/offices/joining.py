"""The page of an invitation to a colleague: it opens with a code mailed to the invited address."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from mailing.door import sealed

from ..models import OfficeInvitation
from . import operations


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invited(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who is signed in with the invited address accepts; all others are led to a code."""
    found = OfficeInvitation.objects.select_related("city", "invited_by")
    invitation = get_object_or_404(found, public_id=public_id)
    user = request.user
    if request.method == "POST" and user.is_authenticated:
        try:
            operations.accept(invitation=invitation, by=user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("office:invited", public_id)
        messages.success(request, _("Welcome! You now work for this city."))
        return redirect("office:overview", invitation.city.slug)
    context = {
        "invitation": invitation,
        "is_open": invitation.is_open(timezone.now()),
        "is_mine": user.is_authenticated and user.email == invitation.email,
        "has_account": User.objects.filter(email=invitation.email).exists(),
    }
    return sealed(render(request, "partnerships/offices/invited.html", context))
