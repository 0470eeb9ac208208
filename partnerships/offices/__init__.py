"""A city's international office in the portal: its people, posts and daily work."""
