"""Formal check, reviewers, conflicts of interest, scores, the panel's table."""
