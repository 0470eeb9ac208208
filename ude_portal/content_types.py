"""What kind of body a sender announces, in words that Django can make a request of.

Django looks at it while it builds the request, outside its own error handling: a codec that is
none for text, or an alphabet nobody knows, would end in the web server's bare error page. Some
codecs make NUL bytes of harmless letters. All text of browsers is UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any

from django.utils.http import parse_header_parameters

#: Stands for every announcement that cannot be read; ``middleware`` answers it with 400.
UNREADABLE = "application/x-unreadable"
_UTF8 = {"utf-8", "utf8", "us-ascii"}

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def readable(content_type: str) -> str:
    """The announcement without its charset if that is UTF-8, ``UNREADABLE`` if it is another."""
    try:
        _kind, parameters = parse_header_parameters(content_type)
        if "charset" not in parameters:
            return content_type
        if parameters["charset"].lower() not in _UTF8:
            return UNREADABLE
        message = Message()
        message["Content-Type"] = content_type
        message.del_param("charset")
        return str(message["Content-Type"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return UNREADABLE


def with_readable_types(application: Application) -> Application:
    """The same WSGI application, which gets no other content types than ``readable`` ones."""

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = readable(environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return wrapped
