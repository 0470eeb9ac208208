"""Edits do not overwrite each other: a version column and forms that look at it.

Use ``VersionedModel`` for what staff and cities edit, ``VersionedForm`` for its forms;
the admin's half lives in ``journal.admin.VersionedAdmin``.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionedModel(models.Model):
    """A row that knows how often it was saved."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self.version += 1
            fields = kwargs.get("update_fields")
            if fields is not None:
                kwargs["update_fields"] = {*fields, "version"}
        super().save(*args, **kwargs)


class VersionedForm(forms.ModelForm):
    """Refuses to save over somebody else's change and shows both values.

    The hidden field carries the version the person saw. On a conflict the form stays bound
    to what was typed, each differing field says what is stored now, and the hidden field
    moves to the new version, so that saving again is a deliberate choice.
    """

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen = self.cleaned_data.get("seen_version")
        if self.instance.pk and seen is not None:
            self._refuse_if_changed_since(seen)
        return cleaned

    def _refuse_if_changed_since(self, seen: int) -> None:
        stored = type(self.instance)._default_manager.filter(pk=self.instance.pk).first()
        if stored is None or stored.version == seen:
            return
        for name in self.changed_data:
            if name in self.fields and name != "seen_version":
                value = self.stored_value(stored, name)
                self.add_error(
                    name, _("Somebody else saved this meanwhile. Stored now: %s") % (value,)
                )
        self.add_error(
            None,
            forms.ValidationError(
                _(
                    "Somebody else changed this entry while you were editing it. Your input is "
                    "still here; compare it with the stored values and save again."
                ),
                code="conflict",
            ),
        )
        data = self.data.copy()
        data[self.add_prefix("seen_version")] = str(stored.version)
        self.data = data

    def stored_value(self, stored: models.Model, name: str) -> Any:
        """What is stored for a field now; forms with fields of their own say it for those."""
        return forms.models.model_to_dict(stored, [name]).get(name, "")
