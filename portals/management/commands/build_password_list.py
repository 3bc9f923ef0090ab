"""`manage.py build_password_list`: makes the compact file of common passwords from the installed npm list."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portals.accounts.common_passwords import PasswordListMissing, build


class Command(BaseCommand):
    help = "Makes the compact file of common passwords (done by itself on first use; images do it when they are built)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = build(settings.PASSWORD_LIST, settings.COMMON_PASSWORDS)
        except PasswordListMissing as error:
            raise CommandError(f"{settings.PASSWORD_LIST} is missing: run `npm ci` (or `make setup`) first.") from error
        self.stdout.write(f"{count} common passwords in {settings.COMMON_PASSWORDS}")
