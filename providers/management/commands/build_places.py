"""`manage.py build_places`: joins the installed packages into the compressed table of communes and their points."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from providers.directory import gazetteer


class Command(BaseCommand):
    help = "Makes the table of communes (done by itself on first use; images do it when they are built)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count, located = gazetteer.build(settings.COMMUNES, settings.PLACES_TABLE)
        except gazetteer.SourcesMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} communes, {located} with a point, in {settings.PLACES_TABLE}")
