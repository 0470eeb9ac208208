"""Decisions, letters, conditions, complaints, trips."""
