from modeltranslation.translator import TranslationOptions, register

from .models import Call, Condition, Criterion, DailyRate, Decision, LetterBlock, TravelFactor


@register(Call)
class CallTranslation(TranslationOptions):
    fields = ("title", "teaser", "text", "text_html")
    required_languages = ("de",)


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("name", "hint")
    required_languages = {"de": ("name",), "en": ("name",)}


@register(LetterBlock)
class LetterBlockTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = {"de": ("text",), "en": ("text",)}


@register(Decision)
class DecisionTranslation(TranslationOptions):
    fields = ("reason",)


@register(Condition)
class ConditionTranslation(TranslationOptions):
    fields = ("text",)


@register(DailyRate)
class DailyRateTranslation(TranslationOptions):
    fields = ("source",)
    required_languages = ("de",)


@register(TravelFactor)
class TravelFactorTranslation(TranslationOptions):
    fields = ("source",)
    required_languages = ("de",)
