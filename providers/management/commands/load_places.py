"""`manage.py load_places`: replaces the communes of the database by those of the table, after its packages changed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from providers.directory import gazetteer, loading


class Command(BaseCommand):
    help = "Loads the table of communes again and places the professionals who have no coordinates of their own."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = loading.load(connection, settings.PLACES_TABLE, settings.COMMUNES)
        except gazetteer.SourcesMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} communes")
