"""All addresses of the portal. German has no prefix, English lives under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from . import feeds, goal_pages, health, views
from .gallery import gallery
from .sitemaps import SITEMAPS

handler400 = "ude_portal.errors.bad_request"
handler403 = "ude_portal.errors.forbidden"
handler404 = "ude_portal.errors.not_found"
handler500 = "ude_portal.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("open-data/", include("partnerships.finding.data_urls")),
    path("i/", include("events.personal_urls")),
    path("p/", include("partnerships.confirming.link_urls")),
    path("x/", include("exchanges.link_urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("feeds/partnerships.atom", feeds.partnership_feed, name="partnership_feed"),
        path("feeds/news.atom", feeds.news_feed, name="news_feed"),
        path("feeds/calls.atom", feeds.call_feed, name="call_feed"),
        path("goals/", goal_pages.goals, name="goals"),
        path("goals/<int:number>/", goal_pages.goal, name="goal"),
        path("topics/<slug:slug>/", goal_pages.topic, name="topic"),
        path("gallery/", gallery, name="gallery"),
        path("account/", include("accounts.urls")),
        path("account/", include("allauth.urls")),
        path("data-protection/", include("privacy.urls")),
        path("events/", include("events.urls")),
        path("office/", include("partnerships.offices.urls")),
        path("", include("exchanges.urls")),
        path("", include("partnerships.urls")),
        path("", include("mailing.urls")),
        path("", include("pages.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
