"""The posts of an office: departments, offices held, and who holds them over time."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..models import Position
from ..policies import May
from . import operations
from .door import Office, office_page
from .post_forms import HolderForm, PostForm

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@office_page(May.READ)
@require_safe
def posts(request: HttpRequest, office: Office) -> HttpResponse:
    """Every post of the city, those that ended last."""
    found = office.city.positions.select_related("department", "office", "city")
    found = found.order_by("-is_active", "office__rank", "department__slug", "pk")
    context = {"office": office, "posts": found.prefetch_related("holders"), "tab": "posts"}
    return render(request, "partnerships/offices/posts.html", context)


@office_page(May.EDIT)
@READ_OR_POST
def post_add(request: HttpRequest, office: Office) -> HttpResponse:
    """A new post, with whoever holds it today."""
    language = "de" if office.city.country.code in {"DE", "AT", "CH"} else "en"
    form = PostForm(request.POST or None, city=office.city, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        operations.add_post(position=form.instance, holder=form.named_holder, by=office.user)
        messages.success(request, _("The post is added."))
        return redirect(office.address("posts"))
    context = {"office": office, "form": form, "tab": "posts"}
    return render(request, "partnerships/offices/post_add.html", context)


@office_page(May.EDIT)
@READ_OR_POST
def post(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Correct a post; its history of holders stands below."""
    position = _found(office, pk)
    form = PostForm(request.POST or None, city=office.city, instance=position)
    if request.method == "POST" and form.is_valid():
        operations.edit_post(position=form.instance, holder=form.named_holder, by=office.user)
        messages.success(request, _("The post is saved."))
        return redirect(office.address("posts"))
    return _page(request, office, _found(office, pk), form, HolderForm())


@office_page(May.EDIT)
@READ_OR_POST
def post_holder(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Somebody new holds the post; the one before stays in its history."""
    position = _found(office, pk)
    form = HolderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_holder(position=position, by=office.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("since", refusal)
        else:
            messages.success(request, _("The new holder is entered."))
            return redirect(office.address("posts"))
    return _page(request, office, position, PostForm(city=office.city, instance=position), form)


@office_page(May.EDIT)
@require_POST
def post_end(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """The post exists no longer."""
    operations.end_post(position=_found(office, pk), by=office.user)
    messages.success(request, _("The post is ended; its history stays."))
    return redirect(office.address("posts"))


def _found(office: Office, pk: int) -> Position:
    return get_object_or_404(office.city.positions.select_related("department", "office"), pk=pk)


def _page(
    request: HttpRequest, office: Office, position: Position, form: PostForm, holder: HolderForm
) -> HttpResponse:
    context = {
        "office": office,
        "post": position,
        "holders": position.holders.all(),
        "form": form,
        "holder_form": holder,
        "tab": "posts",
    }
    return render(request, "partnerships/offices/post.html", context)
