"""The mails that a request caused, as they would leave: do they lead anywhere but to us?"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings

from mailing.message import fill
from mailing.models import Mail
from mailing.registry import Stale, kind_of
from mailing.subjects import Subjects

from .envelopes import FORGED_IP
from .write_log import Change

_HOST = re.compile(r"(?:https?:|ftp:|href=\W*)//([^\s/\"'<>?#)\]]+)", re.IGNORECASE)


def written(changes: list[Change]) -> list[Mail]:
    """The mails among the rows that were added."""
    table = Mail._meta.db_table
    new = [one.row["id"] for one in changes if one.table == table and one.kind == "added"]
    return list(Mail.objects.filter(pk__in=new)) if new else []


def foreign_hosts(mail: Mail) -> list[str]:
    """Hosts other than SITE_URL's in any part of the message, and the sender's forged address."""
    own = urlsplit(settings.SITE_URL).netloc
    texts = _texts(mail)
    hosts = {host for text in texts for host in _HOST.findall(text)} - {own}
    forged = {FORGED_IP for text in texts if FORGED_IP in text}
    return sorted(f"{host} in {mail.kind}" for host in hosts | forged)


def _texts(mail: Mail) -> list[str]:
    """All that the message would say, links and headers included; nothing, if nothing leaves."""
    links = kind_of(mail.kind).finish(mail, Subjects([mail]).of(mail))
    if isinstance(links, Stale):
        return []
    bodies = [fill(text, links.texts) for text in (mail.text, mail.html, mail.calendar)]
    return [*bodies, mail.subject, mail.reply_to, *links.headers.values()]
