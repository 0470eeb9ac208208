"""How long personal data stays; the texts of the inventory name the same periods."""

from __future__ import annotations

import datetime as dt

MAIL_TEXT = dt.timedelta(days=90)
GUEST = HALF_A_YEAR = dt.timedelta(days=183)
UNCONFIRMED_SIGN_UP = dt.timedelta(days=7)
UPLOADED_LIST = dt.timedelta(days=7)
ONE_YEAR = dt.timedelta(days=365)
TWO_YEARS = dt.timedelta(days=730)
FIVE_YEARS = dt.timedelta(days=1826)

#: Stands in an address column where the address is gone (a domain that can never exist).
ANONYMOUS_DOMAIN = "@anonymised.invalid"
