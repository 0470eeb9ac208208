"""Calls: what the public reads, the self-check, opening and closing by the calendar."""
