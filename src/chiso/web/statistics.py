"""What the database knows of its tables, brought up to date after thousands of rows were written at once.

Until PostgreSQL has looked at them itself it plans as for a few rows: a page that needs 0.1 s then takes 10 s. It looks
a minute later, or never where somebody has switched that off.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

#: Fewer rows than this change no plan.
MANY = 500


def refresh(rows: int, *models: type[Model]) -> None:
    """Let PostgreSQL look at tables into which so many rows were written; it sees those of the open transaction."""
    if rows < MANY or connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
