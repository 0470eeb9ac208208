"""What hostile senders write around a request: headers, methods, queries, and spoilt addresses."""

from __future__ import annotations

from random import Random
from urllib.parse import quote, urlencode

from tests.hostile import PARAMETERS, VALUES

from .forger import EVIL, NASTY

METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get")
#: A foreign host is refused outright; the others are let through by ALLOWED_HOSTS.
HOSTS = (EVIL, "127.0.0.1:81", "127.0.0.1", "localhost:1", "[::1]:666", f"localhost@{EVIL}")
FORGED_IP = "203.0.113.66"
HEADERS: tuple[dict[str, str], ...] = (
    {"X_FORWARDED_HOST": EVIL, "X_FORWARDED_SERVER": EVIL, "X_ORIGINAL_HOST": EVIL},
    {"X_FORWARDED_FOR": FORGED_IP, "X_REAL_IP": FORGED_IP, "CLIENT_IP": FORGED_IP},
    {"X_FORWARDED_FOR": f"{FORGED_IP}, \xff, 127.0.0.1", "X_FORWARDED_PROTO": "https"},
    {"FORWARDED": f'for={FORGED_IP};host="{EVIL}";proto=https', "X_FORWARDED_PORT": "-1"},
    {"REFERER": f"http://{EVIL}/", "ORIGIN": "null"},
    {"USER_AGENT": f"Mozilla/5.0 http://{EVIL}/ <b>\xff"},
    {"USER_AGENT": "x" * 5000, "ACCEPT": "\xff/*", "ACCEPT_LANGUAGE": "en;q=9,\xff"},
    {"HX_REQUEST": "true", "HX_CURRENT_URL": "http://[", "HX_TARGET": "\xff"},
    {"X_REQUESTED_WITH": "XMLHttpRequest", "X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"IF_MODIFIED_SINCE": "x", "IF_NONE_MATCH": '"', "RANGE": "bytes=9-1"},
    {"COOKIE": 'sessionid="\\377\\200"; csrftoken=\xff'},
    {"COOKIE": "ude-invitation=eyJpZCI6IngifQ:abc; sessionid=" + "x" * 3000},
    {"COOKIE": "=;;; =x; sessionid=../../etc/passwd; messages=[["},
)
NEXT = (f"http://{EVIL}/", f"//{EVIL}", f"/\\{EVIL}", "http://[", "javascript:alert(1)", "/admin/")


def headers(rng: Random) -> dict[str, str]:
    """Mostly none; else one or two sets of forged ones, or a foreign host."""
    found: dict[str, str] = {}
    if rng.random() < 0.12:
        found["HTTP_HOST"] = rng.choice(HOSTS)
    if rng.random() < 0.3:
        for forged in rng.choices(HEADERS, k=rng.choice((1, 1, 2))):
            found |= {f"HTTP_{name}": value for name, value in forged.items()}
    return found


def query(rng: Random, ids: list[str]) -> str:
    """Some or all parameters that pages read, with values they do not expect."""
    draw = rng.random()
    if draw < 0.3:
        return ""
    if draw < 0.65:
        value = rng.choice(list(VALUES.values()))
        return "?" + "&".join(f"{name}={value}" for name in PARAMETERS)
    parts = [_parameter(rng, ids) for _ in range(rng.choice((1, 2, 3, 6)))]
    return "?" + "&".join(parts)


def _parameter(rng: Random, ids: list[str]) -> str:
    name, draw = rng.choice(PARAMETERS), rng.random()
    if name == "next":
        return urlencode({name: rng.choice(NEXT)})
    if draw < 0.4:
        return f"{name}={rng.choice(list(VALUES.values()))}"
    return urlencode({name: rng.choice(NASTY if draw < 0.7 else ids)})


def spoilt(rng: Random, path: str, ids: list[str]) -> str:
    """The address, one time in ten with another thing in one of its places."""
    if rng.random() > 0.1:
        return path
    parts = path.split("/")
    place = rng.randrange(1, len(parts))
    value = rng.choice((*NASTY, *ids, *ids))
    parts[place] = quote(value, safe="") if value else "%00"
    return "/".join(parts)
