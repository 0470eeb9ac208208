"""Pages and news hold no personal data in fields of their own."""

PERSONAL: dict[str, object] = {}
NOT_PERSONAL = {
    "Page": (
        "slug",
        "title",
        "lead",
        "body",
        "body_html",
        "place",
        "position",
        "is_published",
        "updated_at",
        "version",
    ),
    "NewsItem": (
        "slug",
        "title",
        "teaser",
        "body",
        "body_html",
        "published_at",
        "is_published",
        "version",
    ),
}
