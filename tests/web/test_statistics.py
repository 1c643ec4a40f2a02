"""PostgreSQL knows of thousands of rows as soon as they are written."""

from __future__ import annotations

import pytest
from django.db import connection

from chiso.web import statistics
from chiso.web.units.models import Unit
from tests.web import factories as make

pytestmark = pytest.mark.django_db


def known() -> int:
    """Return how many units PostgreSQL believes there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Unit._meta.db_table])
        (count,) = cursor.fetchone()
    return max(0, round(count))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without looking")
def test_rows_of_the_open_transaction_are_known() -> None:
    Unit.objects.bulk_create([Unit(code=str(at)) for at in range(statistics.MANY)])
    statistics.refresh(statistics.MANY, Unit)
    assert known() == Unit.objects.count()


def test_few_rows_are_not_looked_at(django_assert_num_queries) -> None:
    make.unit()
    with django_assert_num_queries(0):
        statistics.refresh(statistics.MANY - 1, Unit)
