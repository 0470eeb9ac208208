"""The web server's entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ude_portal.settings")

from .content_types import with_readable_types

application = with_readable_types(get_wsgi_application())
