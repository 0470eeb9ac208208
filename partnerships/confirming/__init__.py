"""Registering and claiming partnerships, and how the other cities confirm them."""
