"""Goals and targets are given by the United Nations; topics are UDE's own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from journal.admin import StaffAdmin, both
from journal.languages import BothLanguagesForm

from .models import Goal, Target, Topic


class GivenAdmin(StaffAdmin, TranslationAdmin):
    """The wording may be corrected; which goals and targets there are is fixed."""

    form = BothLanguagesForm

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Goal)
class GoalAdmin(GivenAdmin):
    list_display = ["number", "title", "dimension", "colour"]
    list_display_links = ["number", "title"]
    list_filter = ["dimension"]
    search_fields = both("title")
    readonly_fields = ["number", "dimension"]
    fields = ["number", both("title"), "dimension", "colour"]


@admin.register(Target)
class TargetAdmin(GivenAdmin):
    list_display = ["code", "label", "goal"]
    list_filter = ["goal"]
    list_select_related = ["goal"]
    search_fields = ["code", *both("label")]
    readonly_fields = ["code", "goal"]
    fields = ["code", "goal", both("label")]


@admin.register(Topic)
class TopicAdmin(StaffAdmin, TranslationAdmin):
    form = BothLanguagesForm
    list_display = ["name", "slug", "goal_numbers"]
    list_filter = ["goals"]
    search_fields = ["slug", *both("name"), "other_names", *both("description")]
    fields = [both("name"), "other_names", both("description"), "slug", "goals"]
    prepopulated_fields = {"slug": ["name_de"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("goals")

    @admin.display(description=_("goals"))
    def goal_numbers(self, topic: Topic) -> str:
        return ", ".join(str(goal.number) for goal in topic.goals.all())
