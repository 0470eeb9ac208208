from django.apps import AppConfig
from django.conf import settings


class DrillsConfig(AppConfig):
    name = "tests.drills"
    label = "drills"

    def ready(self) -> None:
        from . import guards, poison

        poison.register_kinds()
        guards.hurry(settings.DRILL_HASTE)
        for name in settings.DRILL_WITHOUT:
            guards.OFF[name]()
