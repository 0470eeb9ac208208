from modeltranslation.translator import TranslationOptions, register

from .models import NewsItem, Page


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "lead", "body", "body_html")
    required_languages = {"de": ("title", "body"), "en": ("title", "body")}


@register(NewsItem)
class NewsItemTranslation(TranslationOptions):
    fields = ("title", "teaser", "body", "body_html")
    required_languages = {"de": ("title", "teaser", "body"), "en": ("title", "teaser", "body")}
