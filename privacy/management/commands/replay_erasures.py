"""`manage.py replay_erasures`: after a restore, before anybody signs in."""

from typing import Any

from django.core.management.base import BaseCommand

from privacy.erasure.running import replay


class Command(BaseCommand):
    help = (
        "Erases again everybody whom the ledger (schema `erasures`, never restored with the rest) says to be erased and "
        "whom the restored database still knows. Run twice, the second time does nothing. Last line: replayed=N."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"replayed={replay()}")
