"""From the lines of a DSN file to the people that it affiliates, with every anomaly on the way. Pure."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from employers.dsn.anomalies import Anomaly, Code, block_name
from employers.dsn.blocks import Block, gathered, planted
from employers.dsn.declared import Declared, DsnFile, Membership
from employers.dsn.lines import OURS, Text, rubrics_of
from employers.dsn.values import Unreadable, as_date, as_email, as_kind, as_name, as_nir, as_sex, as_siret
from portals.presentation.formats import NBSP

UNKNOWN_ID = f"L’affiliation cite une adhésion (70.013) qu’aucun bloc {OURS}15 de l’établissement ne porte en 15.005."
NO_MEMBERSHIP = f"Cet établissement affilie des salariés sans bloc {block_name('15')}{NBSP}: ils ne sont pas lus."


def read(text: Text) -> DsnFile:
    """The file, read to its end whatever it holds. Raises NotADsn when it is something else."""
    anomalies = list(text.anomalies)
    companies = planted(gathered(rubrics_of(text, anomalies), anomalies), anomalies)
    reader = _Reader(anomalies)
    for company in companies:
        for establishment in company.of("11"):
            reader.read_establishment(company, establishment)
    return DsnFile(
        encoding=text.encoding,
        lines=len(text.lines),
        establishments=reader.establishments,
        people=reader.people,
        without=reader.without,
        declared=tuple(reader.declared),
        memberships=tuple(reader.memberships),
        anomalies=tuple(sorted(anomalies)),
    )


class _Unread(Exception):
    """A rubric keeps its block out; the anomaly has been told."""


@dataclass(frozen=True)
class _Person:
    """What a block 30 says, read, and its line."""

    person_line: int
    nir: str
    family_name: str
    birth_name: str
    given_names: str
    sex: str
    birth_date: datetime.date
    email: str
    employee_number: str


@dataclass(frozen=True)
class _Site:
    """An establishment, and the contracts that it takes part in by the names that affiliations use."""

    siret: str
    memberships: dict[str, Block]


class _Reader:
    """Goes down the tree of blocks, and keeps what it finds."""

    def __init__(self, anomalies: list[Anomaly]) -> None:
        self.anomalies = anomalies
        self.declared: list[Declared] = []
        self.memberships: list[Membership] = []
        self.establishments = self.people = self.without = 0
        self.nirs: dict[str, int] = {}

    def read_establishment(self, company: Block, establishment: Block) -> None:
        self.establishments += 1
        people = establishment.of("30")
        self.people += len(people)
        try:
            self._check(company)
            self._check(establishment)
            siret = self._value(establishment, 1, lambda nic: as_siret(company.value(1), nic))
        except _Unread:
            return
        site = _Site(siret, self._memberships(establishment))
        before = len(self.declared)
        lost = False
        for person in people:
            affiliations = [(job, block) for job in person.of("40") for block in job.of("70")]
            if not affiliations:
                self.without += 1
            elif not establishment.of("15"):
                lost = True
            else:
                self.declared += self._read_person(person, affiliations, site)
        if lost:
            self.anomalies.append(Anomaly(establishment.line, Code.MISSING_BLOCK, NO_MEMBERSHIP))
        used = Counter(each.contract_line for each in self.declared[before:])
        self.memberships += [
            Membership(block.line, siret, block.value(1), company.line, used[block.line])
            for block in site.memberships.values()
        ]

    def _memberships(self, establishment: Block) -> dict[str, Block]:
        found = {}
        for block in establishment.of("15"):
            try:
                self._check(block)
            except _Unread:
                continue
            found[block.value(5)] = block
        return found

    def _read_person(self, block: Block, affiliations: list[tuple[Block, Block]], site: _Site) -> Iterator[Declared]:
        try:
            person = self._person(block)
        except _Unread:
            return
        for job, affiliation in affiliations:
            try:
                yield self._declared(person, job, affiliation, site)
            except _Unread:
                continue

    def _person(self, block: Block) -> _Person:
        self._check(block)
        nir = self._value(block, 1, as_nir)
        if nir in self.nirs:
            words = f"Ce NIR est déjà celui de la ligne{NBSP}{self.nirs[nir]}{NBSP}: la seconde fois n’est pas lue."
            self.anomalies.append(Anomaly(block.line_of(1), Code.DUPLICATE_NIR, words))
            raise _Unread
        self.nirs[nir] = block.line_of(1)
        family = self._value(block, 2, as_name)
        used = self._value(block, 3, as_name) if block.value(3) else family
        return _Person(
            person_line=block.line,
            nir=nir,
            family_name=used,
            birth_name=family if used != family else "",
            given_names=self._value(block, 4, as_name),
            sex=self._value(block, 5, as_sex),
            birth_date=self._value(block, 6, as_date),
            email=as_email(block.value(18)),
            employee_number=block.value(19),
        )

    def _declared(self, person: _Person, job: Block, affiliation: Block, site: _Site) -> Declared:
        self._check(job)
        self._check(affiliation)
        membership = site.memberships.get(affiliation.value(13))
        if membership is None:
            self.anomalies.append(Anomaly(affiliation.line_of(13), Code.UNKNOWN_MEMBERSHIP, UNKNOWN_ID))
            raise _Unread
        end = next(iter(job.of("62")), None)
        left_on = self._value(end, 1, as_date) if end is not None and end.value(1) else None
        self._check_dependants(affiliation)
        starts_on = self._value(affiliation, 14, as_date) if affiliation.value(14) else self._value(job, 1, as_date)
        return Declared(
            line=affiliation.line,
            siret=site.siret,
            contract_number=membership.value(1),
            contract_line=membership.line,
            starts_on=starts_on,
            ends_on=self._value(affiliation, 15, as_date) if affiliation.value(15) else None,
            left_on=left_on,
            employed_since=self._value(job, 1, as_date),
            leaving_code=end.value(2) if end else "",
            population_code=affiliation.value(5),
            option_code=affiliation.value(4),
            **vars(person),
        )

    def _check_dependants(self, affiliation: Block) -> None:
        """Blocks 73 are checked and not kept: employees affiliate their dependants themselves (PDP-3.3)."""
        for block in affiliation.of("73"):
            try:
                self._check(block)
                self._value(block, 3, as_kind)
                self._value(block, 5, as_date)
                self._value(block, 6, as_name)
                if block.value(7):
                    self._value(block, 7, as_nir)
            except _Unread:
                continue

    def _check(self, block: Block) -> None:
        """Tell what the block lacks. Raises _Unread."""
        if not block.missing:
            return
        numbers = ", ".join(f"{OURS}{block.code}.{number:03d}" for number in block.missing)
        words = f"Il manque au bloc {block_name(block.code)}{NBSP}: {numbers}. Il n’est pas lu."
        told = Anomaly(block.line, Code.MISSING_RUBRIC, words)
        if told not in self.anomalies:  # a block above is checked again for each one below
            self.anomalies.append(told)
        raise _Unread

    def _value[Value](self, block: Block, number: int, read: Callable[[str], Value]) -> Value:
        """A rubric, read. Raises _Unread once it is told."""
        try:
            return read(block.value(number))
        except Unreadable as unreadable:
            words = f"La rubrique {OURS}{block.code}.{number:03d} {unreadable}."
            self.anomalies.append(Anomaly(block.line_of(number), Code.BAD_VALUE, words))
            raise _Unread from None
