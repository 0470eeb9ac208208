from modeltranslation.translator import TranslationOptions, register

from .models import Goal, Target, Topic


@register(Goal)
class GoalTranslation(TranslationOptions):
    fields = ("title",)


@register(Target)
class TargetTranslation(TranslationOptions):
    fields = ("label",)


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "description")
