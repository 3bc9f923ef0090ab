"""A line of a file: what is right, what is wrong, and how it is said for its cell."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

import pytest

from employers.imports.columns import KEYS, Header
from employers.imports.reading import Line
from employers.imports.rules import Checked, Populations, check_all
from employers.imports.showing import READY, WRONG, strip_of, strip_words, wrong_lines
from employers.workforce.rules import NO_END, ContractFacts, Known, identity_key
from tests.employers.imports.files import employee

pytestmark = pytest.mark.commitment("CGU-3.16")

TODAY = datetime.date(2026, 10, 20)
SINCE = datetime.date(2020, 1, 1)
CADRES = ContractFacts(1, "GC1", "Cadres", SINCE, None)
OTHERS = ContractFacts(2, "GC2", "Non-cadres", SINCE, None)


def known() -> Known:
    return Known(TODAY, lambda nir: hashlib.sha256(nir.encode()).digest())


def line(number: int, **fields: object) -> Line:
    row = employee(number, **fields)
    texts = (f"{row[key]:%d/%m/%Y}" if isinstance(row[key], datetime.date) else str(row[key]) for key in KEYS)
    return Line(number + 2, tuple(texts))


def checked(
    lines: Iterable[Line], contracts: tuple[ContractFacts, ...] = (CADRES,), who: Known | None = None
) -> list[Checked]:
    return check_all(lines, contracts, who or known())


def flaws(*contracts: ContractFacts, who: Any = None, **fields: Any) -> list[tuple[str, str]]:
    (found,) = checked([line(0, **fields)], contracts or (CADRES,), who)
    return [(flaw.key, flaw.title) for flaw in found.flaws]


def test_a_good_line_is_ready_with_its_contract_and_its_day() -> None:
    (found,) = checked([line(0)])
    assert found.is_ready
    assert (found.contract, found.start_date) == (CADRES, datetime.date(2026, 11, 2))
    assert found.employee.birth_date == datetime.date(1970, 1, 1)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"family_name": ""}, [("family_name", "Réponse manquante")]),
        ({"given_names": "x" * 121}, [("given_names", "Texte trop long")]),
        ({"family_name": "<b>"}, [("family_name", "Signe non admis")]),
        ({"start_date": "31/11/2026"}, [("start_date", "Cette date n’existe pas")]),
        ({"start_date": "bientôt"}, [("start_date", "Date illisible")]),
        ({"start_date": ""}, [("start_date", "Réponse manquante")]),
        ({"start_date": "01/06/2026"}, [("start_date", "Date trop ancienne")]),
        ({"start_date": "01/06/2027"}, [("start_date", "Date trop lointaine")]),
        ({"birth_date": "01/01/2019", "nir": ""}, [("birth_date", "Date peu vraisemblable")]),
        ({"birth_date": "01/13/1970"}, [("birth_date", "Cette date n’existe pas")]),
        ({"sex": "?"}, [("sex", "Réponse inconnue")]),
        ({"nir": "1 70 01 56 001 001"}, [("nir", "Clé manquante")]),
        ({"nir": "1.70E+14"}, [("nir", "Numéro arrondi")]),
        ({"nir": "12"}, [("nir", "Numéro incorrect")]),
        ({"birth_date": "02/02/1970"}, [("nir", "NIR et naissance se contredisent")]),
        ({"email": "jean"}, [("email", "Adresse incomplète")]),
        ({"contract": "GC9"}, [("contract", "Contrat inconnu")]),
        ({"population": "Cadre sup."}, [("population", "Population inconnue du contrat")]),
        (
            {"start_date": "31/11/2026", "email": "jean"},
            [("email", "Adresse incomplète"), ("start_date", "Cette date n’existe pas")],
        ),
        ({}, []),
        ({"nir": "", "sex": "", "email": "", "employee_number": ""}, []),
        ({"start_date": "2026-11-02"}, []),
        ({"start_date": "2.11.2026", "sex": "Monsieur"}, []),
        ({"population": "CADRE"}, []),
    ],
)  # fmt: skip
def test_each_mistake_is_named_for_its_cell(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert flaws(**fields) == expected


def test_a_wrong_key_is_said_as_such() -> None:
    nir = str(employee(0)["nir"])
    key = int(nir[13:])
    ((where, title),) = flaws(nir=f"{nir[:13]}{(key + 1) % 100:02d}")
    assert (where, title) == ("nir", f"Clé\u00a0{(key + 1) % 100:02d} incorrecte")


def test_two_populations_must_be_told_apart() -> None:
    assert flaws(CADRES, OTHERS) == [("population", "Population à choisir")]
    assert flaws(CADRES, OTHERS, population="non cadres") == []
    told = Populations([CADRES, OTHERS]).told
    assert told == "Vos contrats connaissent deux populations\u00a0: cadres et non-cadres."


def test_two_contracts_of_one_population_are_told_apart_by_their_dates_or_their_numbers() -> None:
    ended = ContractFacts(3, "GC0", "Cadres", datetime.date(2010, 1, 1), datetime.date(2026, 10, 31))
    assert flaws(ended, CADRES) == []
    twin = ContractFacts(4, "GC4", "Cadres", SINCE, None)
    assert flaws(twin, CADRES) == [("contract", "Contrat à préciser")]
    assert flaws(twin, CADRES, contract="gc4") == []


def test_a_person_twice_in_the_file_is_found_by_nir_or_by_name() -> None:
    by_nir = checked([line(0), line(1, nir=employee(0)["nir"], birth_date=employee(0)["birth_date"], sex="")])
    assert by_nir[0].is_ready
    assert "ligne\u00a02" in by_nir[1].flaws[0].why
    by_name = checked([line(0, nir=""), line(0, nir="", employee_number="other")])
    assert [found.is_ready for found in by_name] == [True, False]
    by_number = checked([line(0), line(1, employee_number="M00000")])
    assert [(flaw.key, flaw.title) for flaw in by_number[1].flaws] == [("employee_number", "Matricule déjà pris")]


def test_a_bad_line_does_not_stand_in_the_way_of_the_good_one_after_it() -> None:
    both = checked([line(0, start_date="31/11/2026"), line(0)])
    assert [found.is_ready for found in both] == [False, True]


def test_whoever_is_affiliated_already_is_found_among_all() -> None:
    row = employee(0)
    born = datetime.date(1970, 1, 1)
    here = known()
    here.people[identity_key(str(row["family_name"]), str(row["given_names"]), born)] = NO_END
    assert flaws(who=here) == [("family_name", "Déjà affilié")]


def test_a_company_without_contract_affiliates_nobody() -> None:
    (found,) = check_all([line(0)], (), known())
    assert not found.is_ready


def test_a_line_to_correct_shows_its_column_its_text_and_the_choices() -> None:
    header = Header({key: rank for rank, key in enumerate(KEYS)}, ())
    wrong = checked([line(31, population="Cadre sup.", email="x")], (CADRES, OTHERS))
    (shown,) = wrong_lines(wrong, header, Populations([CADRES, OTHERS]))
    assert shown.number == 33
    email, population = shown.cells
    assert (email.letter, email.label, email.value, email.name) == ("G", "E-mail", "x", "l33-email")
    assert (population.letter, population.options) == ("J", (("Cadres", "Cadres"), ("Non-cadres", "Non-cadres")))


def test_the_strip_shows_every_line_and_where_it_is_wrong() -> None:
    standings = [(number, WRONG if number in {7, 19, 33} else READY) for number in range(2, 43)]
    bars = strip_of(standings)
    assert len(bars) == 41
    assert [(bar.number, bar.target, bar.is_numbered) for bar in bars if bar.target] == [
        (7, "ligne-7", True), (19, "ligne-19", True), (33, "ligne-33", True),
    ]  # fmt: skip
    assert (bars[5].x, bars[5].width) == ("12.20%", "1.60%")
    assert strip_words(standings) == "Les 41 lignes du fichier\u00a0: 3 à corriger, lignes 7, 19 et 33"


def test_the_strip_of_a_long_file_stands_for_all_of_it() -> None:
    standings = [(number, WRONG if number % 50 == 0 else READY) for number in range(2, 5002)]
    bars = strip_of(standings)
    assert len(bars) == 80
    assert sum(bar.is_numbered for bar in bars) < 26
    assert "100 à corriger" in strip_words(standings)
