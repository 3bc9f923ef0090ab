"""What a DSN file would change: affiliations, moves, corrections, ends; and what keeps somebody out. Pure."""

import datetime
import hashlib
from dataclasses import replace
from typing import Any

import pytest

from employers.dsn.anomalies import Code
from employers.dsn.lines import decode
from employers.dsn.proposals import Comparison, Held, Kind, Portfolio, compare
from employers.dsn.reading import read
from employers.workforce.rules import NO_END, ContractFacts, Known, identity_key
from tests.employers.dsn.dsn_files import NICS, SIREN, Employee, Site, employee, line, with_key, written

pytestmark = pytest.mark.commitment("CGU-3.16")

TODAY = datetime.date(2026, 11, 10)
SINCE = datetime.date(2020, 1, 1)
ALL = ContractFacts(1, "GC-ALL", "Non-cadres", SINCE, None)
CADRES = ContractFacts(2, "GC-CADRES", "Cadres", SINCE, None)
WHO = employee(7)


def fingerprint(nir: str) -> bytes:
    return hashlib.sha256(nir.encode()).digest()


def held(who: Employee = WHO, **fields: Any) -> Held:
    """The employee as the company has them already, since 2024."""
    said: dict[str, Any] = {
        "id": 70, "contract_id": ALL.id, "contract_number": ALL.number, "population": ALL.population,
        "family_name": who.family_name, "given_names": who.given_names, "birth_date": who.born,
        "employee_number": who.number, "email": who.email, "start_date": datetime.date(2024, 3, 1), "end_date": None,
        **fields,
    }  # fmt: skip
    return Held(**said)


def compared(
    *sites: Site, having: Held | None = None, by_nir: str = "", siren: str = SIREN, today: datetime.date = TODAY
) -> Comparison:
    """The file against a company that has one employee, or nobody."""
    known = Known(today=today, fingerprint=fingerprint)
    names, nirs = {}, {}
    if having is not None:
        key = identity_key(having.family_name, having.given_names, having.birth_date)
        known.people[key] = having.end_date or NO_END
        known.numbers[having.employee_number] = having.end_date or NO_END
        names = {key: (having,)}
        if by_nir:
            nirs = {fingerprint(with_key(by_nir)): (having,)}
            known.nirs[fingerprint(with_key(by_nir))] = having.end_date or NO_END
    portfolio = Portfolio(siren, {contract.number: contract for contract in (ALL, CADRES)}, nirs, names)
    return compare(read(decode(written(sites))), portfolio, known)


def site(*people: Employee, contract: ContractFacts = ALL) -> Site:
    return Site(NICS[0], people, {"1": contract.number})


def kinds(comparison: Comparison) -> list[Kind]:
    return [proposal.kind for proposal in comparison.proposals]


def told(comparison: Comparison) -> list[Code]:
    return [anomaly.code for anomaly in comparison.anomalies]


def test_somebody_unknown_is_to_be_affiliated() -> None:
    comparison = compared(site(WHO))
    (proposal,) = comparison.proposals
    assert (proposal.kind, proposal.contract, proposal.declared.starts_on) == (Kind.AFFILIATE, ALL, WHO.starts_on)
    assert proposal.remarks == ("Effet rétroactif.",)
    assert not proposal.ends


def test_somebody_as_the_file_says_needs_nothing() -> None:
    comparison = compared(site(WHO), having=held())
    assert (comparison.proposals, comparison.unchanged, comparison.kept_out) == ((), 1, 0)


def test_another_number_and_another_address_are_a_correction() -> None:
    (proposal,) = compared(site(replace(WHO, number="N1", email="a@example.org")), having=held()).proposals
    assert proposal.kind == Kind.CHANGE
    assert [(each.label, each.before, each.after) for each in proposal.differences] == [
        ("Matricule", "M00007", "N1"),
        ("Adresse e-mail", "rien", "a@example.org"),
    ]


def test_what_the_file_leaves_empty_is_never_erased() -> None:
    assert compared(site(replace(WHO, number="")), having=held(email="b@example.org")).proposals == ()


def test_the_nir_recognises_somebody_whose_name_changed_and_the_page_says_so() -> None:
    renamed = replace(WHO, family_name="Riou", number="N2")
    (proposal,) = compared(site(renamed), having=held(), by_nir=WHO.nir).proposals
    assert (proposal.kind, proposal.held) == (Kind.CHANGE, held())
    assert "RIOU" in proposal.remarks[0]


def test_an_end_is_a_termination_on_the_last_day_of_the_employment() -> None:
    left = datetime.date(2026, 11, 20)
    leaver = replace(WHO, leaving=(left, "043"), ends_on=datetime.date(2026, 11, 30))
    (proposal,) = compared(site(leaver), having=held()).proposals
    assert (proposal.kind, proposal.last_day, proposal.ends) == (Kind.END, left, True)
    assert compared(site(leaver), having=held(end_date=left)).unchanged == 1


def test_an_end_replaces_the_one_told_before_and_says_so() -> None:
    leaver = replace(WHO, ends_on=datetime.date(2026, 11, 30))
    (proposal,) = compared(site(leaver), having=held(end_date=datetime.date(2026, 12, 31))).proposals
    assert proposal.kind == Kind.END
    assert "31/12/2026" in proposal.remarks[0]


def test_somebody_under_another_contract_moves_on_the_eve() -> None:
    (proposal,) = compared(site(WHO, contract=CADRES), having=held()).proposals
    assert (proposal.kind, proposal.contract, proposal.held) == (Kind.MOVE, CADRES, held())
    assert proposal.eve == WHO.starts_on - datetime.timedelta(days=1)


def test_somebody_who_left_before_is_affiliated_again() -> None:
    assert kinds(compared(site(WHO), having=held(end_date=datetime.date(2025, 6, 30)))) == [Kind.AFFILIATE]


def test_somebody_hired_and_gone_in_one_file_is_affiliated_with_an_end() -> None:
    short = replace(WHO, leaving=(datetime.date(2026, 11, 6), "031"))
    (proposal,) = compared(site(short)).proposals
    assert (proposal.kind, proposal.last_day, proposal.ends) == (Kind.AFFILIATE, datetime.date(2026, 11, 6), True)


@pytest.mark.parametrize(
    "who",
    [
        replace(WHO, starts_on=datetime.date(2020, 2, 1)),
        replace(WHO, starts_on=datetime.date(2028, 1, 1)),
        replace(WHO, born=datetime.date(1999, 1, 1)),
    ],
    ids=["too long ago", "too far ahead", "a birth date that the NIR contradicts"],
)
def test_what_the_rules_refuse_is_an_anomaly_at_its_line(who: Employee) -> None:
    comparison = compared(site(who))
    assert (comparison.proposals, comparison.kept_out) == ((), 1)
    assert told(comparison) == [Code.REFUSED]


def test_an_end_before_the_affiliation_began_is_an_anomaly() -> None:
    comparison = compared(site(replace(WHO, ends_on=datetime.date(2024, 1, 31))), having=held())
    assert told(comparison) == [Code.REFUSED]


def test_an_unknown_contract_is_told_once_and_its_people_are_left_as_they_are() -> None:
    stranger = replace(ALL, number="GC-AUTRE")
    comparison = compared(site(employee(1), employee(2), contract=stranger))
    assert (told(comparison), comparison.kept_out, comparison.proposals) == ([Code.UNKNOWN_CONTRACT], 2, ())
    assert "2\u00a0affiliations" in comparison.anomalies[0].words


def test_another_company_is_told_at_its_block_and_none_of_its_people_is_read() -> None:
    comparison = compared(site(employee(1)), siren="732829320")
    assert (told(comparison), comparison.kept_out, comparison.proposals) == ([Code.OTHER_COMPANY], 1, ())


def test_two_employees_with_one_number_are_not_both_affiliated() -> None:
    comparison = compared(site(employee(1), replace(employee(2), number=employee(1).number)))
    assert (kinds(comparison), told(comparison)) == ([Kind.AFFILIATE], [Code.REFUSED])


def test_whoever_the_file_does_not_name_stays_as_they_are() -> None:
    assert kinds(compared(site(employee(1)), having=held())) == [Kind.AFFILIATE]


def test_each_proposal_has_a_key_of_its_own() -> None:
    leaver = replace(WHO, number="N3", ends_on=datetime.date(2026, 11, 30))
    keys = [proposal.key for proposal in compared(site(leaver, employee(1)), having=held()).proposals]
    assert len(keys) == len(set(keys)) == 3


def test_a_second_affiliation_to_one_of_our_contracts_is_told() -> None:
    twice = [*WHO.lines()[:-2], line("70.012", "2"), line("70.013", "1"), line("70.014", "02112026")]
    head = [line("06.001", SIREN), line("11.001", NICS[0]), line("15.001", ALL.number), line("15.005", "1")]
    file = read(decode("\n".join([*head, *twice]).encode()))
    portfolio = Portfolio(SIREN, {ALL.number: ALL}, {}, {})
    comparison = compare(file, portfolio, Known(today=TODAY, fingerprint=fingerprint))
    assert (kinds(comparison), told(comparison)) == ([Kind.AFFILIATE], [Code.REFUSED])
