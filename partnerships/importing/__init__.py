"""Spreadsheets of partnerships as people really send them.

A file goes through these rooms, each of which knows nothing of the next: ``reading`` (bytes to
rows of text), ``columns`` (which column is which), ``cells`` and ``geography`` (what a cell
means), ``planning`` (what becomes of each row), ``entering`` (the rows of the database).
``operations`` puts them together; a dry run ends after ``planning``.
"""
