"""The ledger names rows, never people."""

PERSONAL: dict[str, object] = {}
NOT_PERSONAL = {"LedgerLine": ("at", "what", "facts")}
