"""All addresses of exchanges but those that open by a partner's link (``link_urls``)."""

from __future__ import annotations

from .calls import urls as calls
from .deciding import urls as deciding
from .drafting import urls as drafting
from .money import urls as money
from .pipeline import urls as pipeline
from .reviewing import urls as reviewing
from .routes import office_urls
from .submitting import urls as submitting

ROOMS = (calls, drafting, money, submitting, reviewing, deciding, pipeline)
app_name = "exchanges"
urlpatterns = [
    *(pattern for room in ROOMS for pattern in room.urlpatterns),
    *(pattern for room in ROOMS for pattern in office_urls(room.ROUTES)),
]
