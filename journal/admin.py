"""The administration's common half: staff may, pickers are native, nobody overwrites anybody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, models, transaction
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .deletions import note_deleted
from .models import Entry
from .pickers import DateInput, DateTimeInput, LocalDateTimeField, TimeInput
from .versions import VersionedForm

#: The browser's own pickers instead of the admin's scripted ones.
NATIVE = {
    models.DateTimeField: {"form_class": LocalDateTimeField, "widget": DateTimeInput},
    models.DateField: {"widget": DateInput},
    models.URLField: {"assume_scheme": "https"},
    models.TimeField: {"widget": TimeInput},
}


def both(name: str) -> tuple[str, str]:
    """The German and the English field side by side."""
    return f"{name}_de", f"{name}_en"


class StaffMay:
    """Being SKEW staff is the permission; there are no model permissions to hand out."""

    def _is_staff(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_staff(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_staff(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_staff(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_staff(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_staff(request)


class StaffAdmin(StaffMay, admin.ModelAdmin):
    """Master data. What the database refuses becomes a sentence, never an error page."""

    formfield_overrides = NATIVE
    list_per_page = 50

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; if another request wrote between our check and our write, check once more."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, models.ProtectedError):
            pass
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, models.ProtectedError):
            refusal = _("This could not be saved: it contradicts what is stored already.")
            messages.error(request, refusal)
            return redirect(request.get_full_path())

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        note_deleted([obj])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        note_deleted(queryset)
        super().delete_queryset(request, queryset)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        deleted = getattr(formset, "deleted_forms", [])
        note_deleted([row.instance for row in deleted if row.instance.pk])
        super().save_formset(request, form, formset, change)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except (IntegrityError, models.ProtectedError):
            return self._deletion_refused(request)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, *args, **kwargs)
        self._refuse_unreadable_keys(request)
        try:
            with transaction.atomic():
                return super().changelist_view(request, *args, **kwargs)
        except (IntegrityError, models.ProtectedError):
            return self._deletion_refused(request)

    @method_decorator(require_safe)
    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only to read: a POST would lock the row as for saving, outside any transaction."""
        return super().history_view(request, *args, **kwargs)

    def _refuse_unreadable_keys(self, request: HttpRequest) -> None:
        """Rows are ticked by keys that the page printed; what no column holds is nobody's tick."""
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.model._meta.pk.clean(key, None)
            except ValidationError as error:
                raise BadRequest("a ticked row that cannot exist") from error

    def _deletion_refused(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, _("Nothing was deleted: other entries depend on it."))
        return redirect(request.get_full_path())


class ReadOnlyAdmin(StaffAdmin):
    """To look at: these rows change only by what people do in the portal."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VersionedAdmin(StaffAdmin):
    """For every ``VersionedModel``: the second of two people who edit a row is told."""

    form = VersionedForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        first, *others = super().get_fieldsets(request, obj)
        if obj is None:
            return [first, *others]
        name, options = first
        fields = [*options["fields"], "seen_version"]
        return [(name, {**options, "fields": fields}), *others]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row; locked while it is being saved, so that the version check is exact."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        row = self.model._base_manager.select_for_update().filter(pk=found.pk).order_by("pk")
        row.values_list("pk").first()
        return super().get_object(request, object_id, from_field)


class LabelledFormSet(BaseInlineFormSet):
    """Names every control of a table of rows for people who cannot see its column head."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", str(field.label or ""))


class StaffInline(StaffMay, admin.TabularInline):
    """Rows edited within their parent."""

    formset = LabelledFormSet
    formfield_overrides = NATIVE
    extra = 0


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "by", "sentence", "thing"]
    list_filter = ["actor", ("about_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by", "about_type"]
    search_fields = ["verb", "by__email", "by__name"]
    date_hierarchy = "at"
    fields = ["at", "actor", "by", "sentence", "verb", "thing", "facts"]

    @admin.display(description=_("what happened"))
    def sentence(self, entry: Entry) -> str:
        return entry.sentence

    @admin.display(description=_("on what"))
    def thing(self, entry: Entry) -> str:
        return f"{entry.about_type.name} {entry.about_id}"
