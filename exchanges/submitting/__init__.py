"""Sign-offs, handing in, frozen versions, questions of the staff, withdrawal."""
