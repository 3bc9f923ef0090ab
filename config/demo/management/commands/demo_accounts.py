"""The demo's accounts, for whoever tries the product. The command exists under demo settings only."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.demo.accounts import demo_accounts


class Command(BaseCommand):
    help = "Prints the demo accounts with their passwords."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = demo_accounts()
        if options["json"]:
            answer = {"base_url": base_url(), "accounts": [asdict(account) for account in accounts]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for account in accounts:
            self.stdout.write(
                f"{account.role:<18} {account.identifier}  {account.password:<24} {account.space:<14} {account.note}"
            )


def base_url() -> str:
    """Where the demo answers, as its supervisor noted it; the usual address when it is not running."""
    note = settings.DEMO_DIR / "demo.json"
    if note.exists():
        return str(json.loads(note.read_text(encoding="utf-8"))["base_url"])
    return "http://127.0.0.1:8000"
