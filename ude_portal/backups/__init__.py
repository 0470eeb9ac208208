"""Backups and how they are put back.

A backup is a folder: the database in one file, the uploaded files below ``media``, and
``manifest.json``, which says what belongs to it and what it must look like once restored. All of
it shows one moment, also while the portal runs.

manifest    what stands in manifest.json       making       ``manage.py backup``
databases   SQLite or PostgreSQL               restoring    ``manage.py restore``
tables      the counts and hashes of tables    uploads      the files below ``media``

What happened after a backup and must not be undone is in the ledger (``privacy.ledger``). Keys
are in no backup; nor are sessions, because a session's number opens the account it belongs to.
"""

from __future__ import annotations


class Refused(Exception):
    """The backup or the restoring cannot be done; the text is for the operator."""
