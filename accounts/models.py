"""People who sign in: identified by their e-mail address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.periods import ANONYMOUS_DOMAIN, TWO_YEARS, UNCONFIRMED_SIGN_UP

from .validators import validate_time_zone


class UserQuerySet(models.QuerySet["User"]):
    def abandoned(self, at: dt.datetime) -> UserQuerySet:
        """Accounts without a sign-in for two years, working staff excepted."""
        silent = models.Q(last_login__lt=at - TWO_YEARS) | models.Q(
            last_login__isnull=True, date_joined__lt=at - TWO_YEARS
        )
        named = self.exclude(email__endswith=ANONYMOUS_DOMAIN)
        return named.filter(silent).exclude(is_staff=True, is_active=True)

    def unconfirmed(self, at: dt.datetime) -> UserQuerySet:
        """Sign-ups of a week ago whose code nobody entered; nobody gave them a role, either.

        Who shall review waits for their first sign-in as long as any account.
        """
        silent = self.filter(last_login__isnull=True, date_joined__lt=at - UNCONFIRMED_SIGN_UP)
        waiting = silent.filter(emailaddress__isnull=False, memberships__isnull=True)
        waiting = waiting.filter(reviewer__isnull=True, reviews__isnull=True)
        confirmed = models.Q(emailaddress__verified=True)
        return waiting.exclude(confirmed).exclude(is_staff=True).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: SKEW staff or a colleague in a city's international office."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="de"
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        default="Europe/Berlin",
        validators=[validate_time_zone],
        help_text=_("Name from the IANA list, for example Europe/Berlin."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick this when somebody leaves, instead of deleting the account."),
    )
    is_staff = models.BooleanField(
        _("SKEW staff"),
        default=False,
        help_text=_("May use the staff pages and the administration."),
    )
    date_joined = models.DateTimeField(_("created"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_email_ci")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_anonymised(self) -> bool:
        return self.email.endswith(ANONYMOUS_DOMAIN)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
