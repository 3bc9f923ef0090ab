"""`manage.py vault_reader …`: who reads the medical vault, named on the machine that holds its keys."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portals.accounts.models import Account
from privacy.vault import readers
from privacy.vault.opening import can_open
from privacy.vault.readers import Duty, NotNameable


class Command(BaseCommand):
    help = (
        "name IDENTIFIER [adviser|assistant]: lets a member of staff of that group read. end IDENTIFIER: takes it back. "
        "list: who reads. Connects as the role `vault`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["name", "end", "list"])
        parser.add_argument("identifier", nargs="?", default="")
        parser.add_argument("duty", nargs="?", choices=[duty.value for duty in Duty], default=Duty.ADVISER.value)

    def handle(self, *args: Any, act: str, identifier: str, duty: str, **options: Any) -> None:
        if not can_open():
            raise CommandError("Set VAULT_KEYS and DATABASE_VAULT_URL: this process cannot open the vault.")
        if act == "list":
            for reader in readers.current_readers():
                self.stdout.write(f"{reader.account.identifier} {reader.duty.value} {reader.since:%Y-%m-%d}")
            return
        account = Account.objects.filter(identifier=identifier, is_staff=True).first()
        if account is None:
            raise CommandError("No member of staff has this identifier.")
        if act == "end":
            self.stdout.write("ended" if readers.end(by=None, account=account) else "was not named")
            return
        try:
            readers.name(by=None, account=account, duty=Duty(duty))
        except NotNameable:
            raise CommandError("The account is named already, or is not an active one of that group.") from None
        self.stdout.write("named")
