"""The forms of an office: roles, colleagues, leaving."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.pickers import DateInput

from ..models import Membership, Position, RoleRequest
from . import roles
from .cases import Successor
from .door import Office

NEW = "new"
LONGEST_NOTICE = dt.timedelta(days=365)


class AskForm(forms.ModelForm):
    """Which role somebody asks for, and why."""

    role = forms.ChoiceField(label=_("Role"), choices=roles.choices, widget=forms.RadioSelect)

    class Meta:
        model = RoleRequest
        fields = ["role", "department", "reason"]
        labels = {"department": _("Department"), "reason": _("Why")}
        help_texts = {
            "department": _("In which department of the city you work, as it is called there."),
            "reason": _("One sentence for the people who decide."),
        }


class DecisionForm(forms.Form):
    """A word with a decision; who refuses says why."""

    answer = forms.CharField(
        label=_("Message to the person"),
        max_length=300,
        required=False,
        help_text=_("Needed when you refuse. It stands in the mail."),
    )

    def __init__(self, *args: Any, request: RoleRequest, refuses: bool = False, **kwargs: Any):
        super().__init__(*args, prefix=f"request-{request.pk}", **kwargs)
        self.refuses = refuses

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        if self.refuses and not answer:
            raise ValidationError(_("Please say why you refuse."), code="required")
        return answer


class InviteForm(forms.Form):
    """A colleague to be invited by address."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=roles.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(label=_("Role"), choices=roles.choices, widget=forms.RadioSelect)


class LeaveForm(forms.Form):
    """To whom somebody who leaves hands posts, cases and roles."""

    successor = forms.ChoiceField(label=_("Who takes over?"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("Address of the new person"),
        max_length=254,
        required=False,
        help_text=_("Only for somebody who is not in your office yet."),
    )
    name = forms.CharField(label=_("Name of the new person"), max_length=150, required=False)
    department = forms.CharField(
        label=_("Department"),
        max_length=120,
        help_text=_(
            "Where your work goes, for example “Amt für Internationales”. Who opens an old link "
            "of yours reads this, and no name or address."
        ),
    )
    positions = forms.MultipleChoiceField(
        label=_("Posts that go with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The successor becomes their new holder on the day after your last one."),
    )
    last_day = forms.DateField(label=_("Your last day"), widget=DateInput)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.colleagues = {str(one.pk): one for one in _colleagues(office)}
        self.posts = {str(post.pk): post for post in _posts(office)}
        fields: Any = self.fields
        fields["successor"].choices = [
            *(
                (pk, f"{one.name} ({one.email})" if one.name else one.email)
                for pk, one in self.colleagues.items()
            ),
            (NEW, _("somebody new, by e-mail address")),
        ]
        fields["positions"].choices = [
            (pk, f"{post.function}: {', '.join(holders) or _('vacant')}")
            for pk, post in self.posts.items()
            for holders in [[h.name for h in post.holders.all() if h.is_current]]
        ]
        if not self.posts:
            del fields["positions"]
        self.initial = {
            "successor": NEW if not self.colleagues else None,
            "positions": [pk for pk, post in self.posts.items() if _is_of(office.user, post)],
            "last_day": timezone.localdate(),
            **self.initial,
        }

    def clean_last_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        if abs(day - timezone.localdate()) > LONGEST_NOTICE:
            raise ValidationError(_("Choose a day within a year from today."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("successor") == NEW:
            for name in ("email", "name"):
                if not cleaned.get(name) and name not in self.errors:
                    refusal = ValidationError(_("A new person needs this."), code="required")
                    self.add_error(name, refusal)
        return cleaned

    @property
    def to(self) -> Successor:
        """Who was chosen; an address of a colleague is the colleague."""
        chosen, email = self.cleaned_data["successor"], self.cleaned_data["email"].lower()
        by_address = {one.email: one for one in self.colleagues.values()}
        colleague = by_address.get(email) if chosen == NEW else self.colleagues[chosen]
        if colleague:
            name = colleague.name or colleague.email
            return Successor(colleague.email, name, colleague.language, colleague)
        return Successor(email, self.cleaned_data["name"], self.office.user.language)

    @property
    def chosen_posts(self) -> list[Position]:
        return [self.posts[pk] for pk in self.cleaned_data.get("positions", [])]


def _colleagues(office: Office) -> list[Any]:
    """The active people of the office besides oneself, each once."""
    found = Membership.objects.filter(city=office.city, user__is_active=True)
    people = {one.user_id: one.user for one in found.select_related("user").order_by("user__email")}
    return [user for user in people.values() if user != office.user]


def _posts(office: Office) -> list[Position]:
    """Who may edit posts hands over any of them; others only those with their own address."""
    posts = office.city.positions.active().select_related("office", "department")
    if not office.may_edit:
        posts = posts.filter(email__iexact=office.user.email)
    return list(posts.prefetch_related("holders"))


def _is_of(user: Any, post: Position) -> bool:
    names = {holder.name for holder in post.holders.all() if holder.is_current}
    return post.email.lower() == user.email or (bool(user.name) and user.name in names)
