"""Agreeing on topics: each city ranks in private, the overlap becomes the partnership's focus."""
