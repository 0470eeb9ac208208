"""On PostgreSQL an index for the topics that a word of the search means.

A word is looked for in the names of cities or among the topics. Without an index for either side
the statement reads the whole table. Like those of migration 0002 it needs ``pg_trgm`` and is
left out where the server does not have it.
"""

from django.db import migrations

INDEX = "partnership_topics"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql" and _has_trigrams(schema_editor):
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON partnerships_partnership"
            " USING gin (facet_topics gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


def _has_trigrams(schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0009_merging")]

    operations = [migrations.RunPython(create, drop)]
