"""The pages of a city's office about its partnerships."""
