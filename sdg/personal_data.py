"""Goals, targets and topics hold no personal data."""

PERSONAL: dict[str, object] = {}
NOT_PERSONAL = {
    "Goal": ("number", "title", "colour", "dimension"),
    "Target": ("code", "goal", "label", "sort_order"),
    "Topic": ("slug", "name", "other_names", "description"),
}
