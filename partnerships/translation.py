from modeltranslation.translator import TranslationOptions, register

from .models import City, Department, DepartmentAbroad, Duty, Office, Organisation, Partnership


@register(City)
class CityTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("de",)


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "role")
    required_languages = {"de": ("name",), "en": ("name",)}


@register(Department)
class DepartmentTranslation(TranslationOptions):
    fields = ("name", "decides")
    required_languages = {"de": ("name",), "en": ("name",)}


@register(DepartmentAbroad)
class DepartmentAbroadTranslation(TranslationOptions):
    fields = ("note",)


@register(Duty)
class DutyTranslation(TranslationOptions):
    fields = ("name", "explanation")
    required_languages = {"de": ("name",), "en": ("name",)}


@register(Office)
class OfficeTranslation(TranslationOptions):
    fields = ("title", "salutation", "decides", "note")
    required_languages = {"de": ("title",), "en": ("title",)}


@register(Partnership)
class PartnershipTranslation(TranslationOptions):
    fields = ("title", "note")
