"""Doubled cities and partnerships: find them, merge them, take that back."""
