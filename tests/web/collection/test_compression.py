"""PostgreSQL compresses what is written whole with each save the quick way."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compresses by itself"),
]

METHODS = """
    SELECT relname, attname, attcompression FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
    WHERE relname LIKE 'collection_%%' AND attcompression <> ''
"""


def test_values_are_compressed_the_quick_way_where_the_server_knows_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
        )
        known = bool(cursor.fetchone()[0])
        cursor.execute(METHODS)
        found = {(table, column): method for table, column, method in cursor.fetchall()}

    expected = {("collection_report", "values"), ("collection_receipt", "content"), ("collection_result", "data")}
    assert found == (dict.fromkeys(expected, "l") if known else {})
