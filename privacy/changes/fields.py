"""A column of whole numbers as ranges (PostgreSQL's int8multirange)."""

from typing import Any

from django.db import models


class NumbersField(models.TextField):
    """Read as PostgreSQL prints it: `{[4,9),[12,13)}`. Written by triggers only."""

    def db_type(self, connection: Any) -> str:
        return "int8multirange"

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        return f"{sql}::text", params
