"""Personal links in mails: ``<public id>.<tag>``, an HMAC over id and version with its own key.

The database holds the id and the version, never the tag: a stolen copy opens nothing, and a
reminder can still print the same link. Raising the version revokes every link printed so far.
The first GET of a link moves the grant into a signed cookie for that one thing, so that the
address bar and the logs stay clean.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core import signing


def new_public_id() -> str:
    """128 random bits, 22 characters that are safe in an address."""
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode()


@dataclass(frozen=True)
class LinkFamily:
    """Links of one kind: a tag or a grant of one family opens nothing in another.

    ``purpose`` is part of what is signed, ``cookie`` the name of the cookie with the grant and
    ``salt`` what keeps its signature apart from others.
    """

    purpose: str
    cookie: str
    salt: str

    def token(self, public_id: str, version: int) -> str:
        """What stands in a link, for a version."""
        return f"{public_id}.{self._tag(public_id, version, settings.LINK_KEY)}"

    def is_genuine(self, token: str, version: int) -> bool:
        """Whether the token is one of ours in that version; takes as long for wrong ones."""
        public_id, _, tag = token.partition(".")
        keys = [settings.LINK_KEY, *settings.LINK_KEY_FALLBACKS]
        genuine = [
            secrets.compare_digest(tag.encode(), self._tag(public_id, version, key).encode())
            for key in keys
        ]
        return any(genuine)

    def grant(self, public_id: str, version: int) -> str:
        """The signed value of the cookie that opens the page of this thing."""
        signer = signing.Signer(key=settings.LINK_KEY, salt=self.salt)
        return signer.sign_object({"id": public_id, "version": version})

    def is_granted(self, public_id: str, version: int, cookie: str | None) -> bool:
        """Whether the cookie opens this thing, in that version."""
        if not cookie:
            return False
        signer = signing.Signer(
            key=settings.LINK_KEY, salt=self.salt, fallback_keys=settings.LINK_KEY_FALLBACKS
        )
        try:
            grant = signer.unsign_object(cookie)
        except (signing.BadSignature, ValueError):
            return False
        return grant == {"id": public_id, "version": version}

    def _tag(self, public_id: str, version: int, key: str) -> str:
        digest = hmac.digest(key.encode(), f"{self.purpose}:{public_id}:{version}".encode(), sha256)
        return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
