"""`manage.py vault_key …`: the key ceremony of the medical vault (docs/operations.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.audit import record
from privacy.vault import ceremony
from privacy.vault.envelopes import name_of, public_half
from privacy.vault.errors import VaultClosed, VaultUnreadable
from privacy.vault.rewrapping import BATCH, in_use, rewrap_all


class Command(BaseCommand):
    help = (
        "new FILE: draws a key into a new file and prints its public half (VAULT_PUBLIC_KEY). split FILE ONE TWO, join "
        "ONE TWO FILE: its two shares, for two custodians. show: which keys are needed. rotate: wraps every data key to "
        "the current key, while the site runs; killed, it goes on where it stopped. retire: fails while a former key is "
        "needed. show, rotate and retire connect as the role `vault`, with VAULT_KEYS."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["new", "split", "join", "show", "rotate", "retire"])
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--batch", type=int, default=BATCH, help="data keys in a transaction")
        parser.add_argument("--pause", type=float, default=0.0, metavar="SECONDS", help="between two transactions")

    def handle(self, *args: Any, act: str, files: list[Path], **options: Any) -> None:
        try:
            match act, files:
                case "new", [path]:
                    self._new(path)
                case "split", [path, one, two]:
                    for share, text in zip((one, two), ceremony.split(ceremony.read(path)), strict=True):
                        ceremony.write_text(share, text)
                case "join", [one, two, path]:
                    ceremony.write(path, ceremony.joined(one.read_text("ascii"), two.read_text("ascii")))
                case "show", []:
                    self._show()
                case "rotate", []:
                    self._rotate(options["batch"], options["pause"])
                case "retire", []:
                    self._retire()
                case _:
                    raise CommandError("Not the files that this takes: see --help.")
        except VaultClosed:
            raise CommandError("Set VAULT_KEYS and DATABASE_VAULT_URL: this process cannot open the vault.") from None
        except VaultUnreadable:
            raise CommandError(
                "A data key opens with none of VAULT_KEYS: add the key that it was wrapped to."
            ) from None
        except ceremony.WrongShares:
            raise CommandError("These are not the two shares of one key.") from None
        except FileExistsError as error:
            raise CommandError(f"{error.filename} exists: a key is never written over.") from None

    def _new(self, path: Path) -> None:
        private = ceremony.draw()
        ceremony.write(path, private)
        public = public_half(private)
        self.stdout.write(f"name={name_of(public)}")
        self.stdout.write(f"VAULT_PUBLIC_KEY={public.hex()}")

    def _show(self) -> None:
        for key in in_use():
            current = " current" if key.is_current else ""
            self.stdout.write(f"{key.name} data_keys={key.data_keys}{current}{'' if key.is_held else ' NOT-HELD'}")

    def _rotate(self, batch: int, pause: float) -> None:
        changed = rewrap_all(batch=batch, pause=pause)
        record("vault.key_changed", by=None, object_kind="vault", details={"data_keys": changed})
        self.stdout.write(f"rewrapped={changed}")

    def _retire(self) -> None:
        needed = [key for key in in_use() if not key.is_current and key.data_keys]
        if needed:
            names = ", ".join(f"{key.name} ({key.data_keys})" for key in needed)
            raise CommandError(f"Still needed: {names}. Run `vault_key rotate` first.")
        self.stdout.write("Only the current key is needed: the former ones may be destroyed, with their shares.")
