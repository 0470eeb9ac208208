"""Writing an application together: sections, saving, the partner's link."""
