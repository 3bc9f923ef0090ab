"""Reads about files of employees: those of an account, and what one of them holds today."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from employers.companies.models import GroupContract
from employers.imports.contents import Contents, names_of, unseal
from employers.imports.models import EmployeeFile
from employers.imports.rules import Checked, Populations, check_all
from employers.imports.showing import AFFILIATED, ASIDE, READY, WRONG
from employers.workforce.models import Operation
from employers.workforce.queries import facts_of, known_of, open_contracts
from portals.accounts.models import Account


@dataclass(frozen=True)
class Named:
    """A file in a list, with its name in clear."""

    file: EmployeeFile
    name: str


@dataclass(frozen=True)
class Standing:
    """What a file holds, and the operations that affiliated lines of it and still hold, the last one first."""

    name: str
    contents: Contents
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Preview:
    """A file as it stands now: its lines checked against the rules and the workforce of this moment."""

    file: EmployeeFile
    standing: Standing
    checked: tuple[Checked, ...]
    populations: Populations
    contracts: dict[int, GroupContract]

    @cached_property
    def ready(self) -> list[Checked]:
        return [checked for checked in self.checked if checked.is_ready]

    @cached_property
    def wrong(self) -> list[Checked]:
        return [checked for checked in self.checked if not checked.is_ready]

    @property
    def name(self) -> str:
        return self.standing.name

    @property
    def contents(self) -> Contents:
        return self.standing.contents

    @property
    def total(self) -> int:
        return len(self.contents.kept)

    @property
    def standings(self) -> list[tuple[int, str]]:
        """Each line of the file and what it is, in the order of the file."""
        told = {checked.line.number: READY if checked.is_ready else WRONG for checked in self.checked}
        return [
            (kept.line.number, told.get(kept.line.number, ASIDE if kept.operation_id is None else AFFILIATED))
            for kept in self.contents.kept
        ]

    @property
    def done(self) -> list[tuple[Operation, int]]:
        """The operations that hold, each with how many lines it affiliated."""
        counts = Counter(kept.operation_id for kept in self.contents.kept)
        return [(operation, counts[operation.pk]) for operation in self.standing.operations]


def own_files(account: Account, company_id: int) -> QuerySet[EmployeeFile]:
    """What an account sent for a company, newest first. Nobody else reads it, in the company or elsewhere."""
    return EmployeeFile.objects.filter(company=company_id, account=account).order_by("-id")


def named_files(account: Account, company_id: int) -> list[Named]:
    """The files of a list with their names; what they hold is not read. Two queries."""
    files = list(own_files(account, company_id).defer("content_sealed"))
    return [Named(file, name) for file, name in zip(files, names_of(files), strict=True)]


def standing_of(file: EmployeeFile) -> Standing:
    """What the file holds; lines of operations undone since, wherever that was done, wait again. Two queries."""
    name, contents = unseal(file)
    ids = {kept.operation_id for kept in contents.kept if kept.operation_id is not None}
    found = list(Operation.objects.filter(pk__in=ids).order_by("-pk"))
    contents = contents.released({operation.pk for operation in found if operation.is_undone})
    return Standing(name, contents, tuple(operation for operation in found if not operation.is_undone))


def preview_of(file: EmployeeFile, today: datetime.date) -> Preview:
    """Check the lines that wait. A constant number of queries, whatever their number."""
    return checked_again(file, standing_of(file), today)


def checked_again(file: EmployeeFile, standing: Standing, today: datetime.date) -> Preview:
    contracts = open_contracts(file.company_id, today)
    facts = [facts_of(contract) for contract in contracts]
    return Preview(
        file=file,
        standing=standing,
        checked=tuple(check_all(standing.contents.waiting, facts, known_of(file.company_id, today))),
        populations=Populations(facts),
        contracts={contract.pk: contract for contract in contracts},
    )


def populations_of(company_id: int, today: datetime.date) -> Populations:
    """What the contracts of the company are called, for the model to fill."""
    return Populations([facts_of(contract) for contract in open_contracts(company_id, today)])
