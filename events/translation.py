from modeltranslation.translator import TranslationOptions, register

from .models import Event, EventFile, Session


@register(Event)
class EventTranslation(TranslationOptions):
    fields = (
        "title",
        "teaser",
        "description",
        "description_html",
        "audience",
        "invitation_subject",
        "invitation_text",
        "report",
        "report_html",
    )
    required_languages = {"de": ("title",), "en": ("title",)}


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = {"de": ("title",), "en": ("title",)}


@register(EventFile)
class EventFileTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("de", "en")
