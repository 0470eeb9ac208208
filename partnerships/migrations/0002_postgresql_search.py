"""Indexes of the directory's search that only PostgreSQL has; on other databases nothing happens.

``pg_trgm`` speeds up parts of words. Where the server lacks it, or does not let us have it, the
search still finds everything, by reading the column from end to end. A word is looked for in the
names of cities or among the topics: without an index for either side the statement reads the
whole table.
"""

from django.db import DatabaseError, migrations, transaction

TABLE = "partnerships_partnership"
INDEXES = {
    "partnership_order_de": 'btree (sort_key COLLATE "C", id) WHERE in_directory',
    "partnership_order_en": 'btree (sort_key_en COLLATE "C", id) WHERE in_directory',
}
TRIGRAMS = {
    "partnership_words": "gin (search_text gin_trgm_ops)",
    "partnership_places": "gin (facet_places gin_trgm_ops)",
    "partnership_topics": "gin (facet_topics gin_trgm_ops)",
}


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    indexes = INDEXES | (TRIGRAMS if _has_trigrams(schema_editor) else {})
    for name, definition in indexes.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {TABLE} USING {definition}")


def drop(apps, schema_editor):
    """The extension stays: others may use it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in INDEXES | TRIGRAMS:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


def _has_trigrams(schema_editor):
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
