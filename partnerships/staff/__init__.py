"""Pages on which SKEW staff keep the registry."""
