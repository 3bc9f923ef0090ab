"""Companies, their group contracts, professionals and their agreements: the least that the portfolio refers to."""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from random import Random

from members.populate import identifiers
from members.populate.catalogue import Place
from members.populate.names import AREAS, CITIES, CITIES_PER_AREA, FAMILIES, MEN, STREETS, WAYS, WOMEN
from members.populate.people import (
    HOUSEHOLDS_PER_AREA,
    HOUSEHOLDS_PER_COMPANY,
    contract_number,
    contract_plan,
    group_number,
)

COMPANY_COLUMNS = ("siret", "name", "naf", "address_line1", "postcode", "city", "email", "phone")
CONTRACT_COLUMNS = (
    "contract_number", "siret", "plan_code", "population", "start_date", "end_date", "employer_share",
)  # fmt: skip
PROFESSIONAL_COLUMNS = (
    "professional_ref", "rpps", "finess", "am_number", "profession", "specialty", "family_name", "given_name",
    "practice_name", "street", "postcode", "city_code", "city", "phone", "latitude", "longitude", "networks",
)  # fmt: skip
AGREEMENT_COLUMNS = ("agreement_number", "professional_ref", "start_date", "end_date", "iban", "email")

PROFESSIONALS_PER_AREA = 20  # 1 professional for 20 households
SLOTS = (
    *[Place.GENERALIST] * 4, *[Place.SPECIALIST] * 3, *[Place.PHARMACY] * 2, *[Place.NURSE] * 2, Place.PHYSIOTHERAPIST,
    *[Place.DENTIST] * 2, Place.SPEECH, Place.LABORATORY, Place.IMAGING, Place.OPTICIAN, Place.AUDIOLOGIST,
    Place.OSTEOPATH,
)  # fmt: skip
FIRST_SLOT = {place: SLOTS.index(place) for place in set(SLOTS)}
SLOT_COUNT = {place: SLOTS.count(place) for place in set(SLOTS)}
PROFESSIONS = {
    Place.GENERALIST: ("Médecin", "Médecine générale"),
    Place.SPECIALIST: ("Médecin", "Cardiologie"),
    Place.PHARMACY: ("Pharmacien", ""),
    Place.NURSE: ("Infirmier", ""),
    Place.PHYSIOTHERAPIST: ("Masseur-kinésithérapeute", ""),
    Place.DENTIST: ("Chirurgien-dentiste", ""),
    Place.SPEECH: ("Orthophoniste", ""),
    Place.LABORATORY: ("Biologiste médical", ""),
    Place.IMAGING: ("Médecin", "Radiologie et imagerie médicale"),
    Place.OPTICIAN: ("Opticien-lunetier", ""),
    Place.AUDIOLOGIST: ("Audioprothésiste", ""),
    Place.OSTEOPATH: ("Ostéopathe", ""),
}
AM_CATEGORIES = {
    Place.GENERALIST: "1", Place.SPECIALIST: "1", Place.IMAGING: "1", Place.PHARMACY: "2", Place.OPTICIAN: "2",
    Place.AUDIOLOGIST: "2", Place.LABORATORY: "3", Place.DENTIST: "4", Place.NURSE: "6", Place.PHYSIOTHERAPIST: "7",
    Place.SPEECH: "9",
}  # fmt: skip
"""The third digit of AM numbers. Osteopaths are not paid by the compulsory scheme, and have none."""
PRACTICES = {
    Place.PHARMACY: "Pharmacie",
    Place.LABORATORY: "Laboratoire",
    Place.IMAGING: "Imagerie médicale",
    Place.OPTICIAN: "Optique",
    Place.AUDIOLOGIST: "Audition",
}
CLINICS = ("Clinique Saint-Michel", "Clinique de l’Estuaire", "Hôpital privé des Lilas")
AMBULANCES = ("Ambulances du Port", "Ambulances des Œillets")
SPECIALTIES = ("Cardiologie", "Dermatologie", "Gynécologie médicale", "Ophtalmologie", "Pédiatrie")
NAF = ("4941A", "9499Z", "1020Z", "4761Z")
NETWORK = "Kalivia"
IN_NETWORK = {Place.OPTICIAN, Place.AUDIOLOGIST, Place.DENTIST, Place.OSTEOPATH}


@lru_cache(maxsize=8_192)
def _identity(number: int) -> tuple[str, str]:
    """Given name and family name of a professional: the same at any seed, so that lines and directory agree."""
    rng = Random(number + 7_919)
    return rng.choice(WOMEN if rng.random() < 0.5 else MEN), rng.choice(FAMILIES)


def _printed_name(number: int) -> str:
    place = SLOTS[number % PROFESSIONALS_PER_AREA]
    given, family = _identity(number)
    if place in PRACTICES:
        return f"{PRACTICES[place]} {family}"
    return f"{'Dr ' if place in {Place.GENERALIST, Place.SPECIALIST, Place.DENTIST} else ''}{given} {family}"


def professional_name(household: int, place: Place, visit: int) -> str:
    """The name that settlements print: a professional of the household's area, or a clinic."""
    if place is Place.CLINIC:
        return CLINICS[visit % len(CLINICS)]
    if place is Place.AMBULANCE:
        return AMBULANCES[visit % len(AMBULANCES)]
    area = household // HOUSEHOLDS_PER_AREA
    slot = FIRST_SLOT[place] + visit % SLOT_COUNT[place]
    return _printed_name(area * PROFESSIONALS_PER_AREA + slot)


def professional_count(members: int) -> int:
    """One for 20 households, by whole areas (one at least), so that each area has every profession."""
    return max(1, -(-members // HOUSEHOLDS_PER_AREA)) * PROFESSIONALS_PER_AREA


def professionals(members: int, seed: int) -> Iterator[tuple[str, ...]]:
    for number in range(professional_count(members)):
        rng = Random(f"{seed}/professional/{number}")
        place = SLOTS[number % PROFESSIONALS_PER_AREA]
        given, family = _identity(number)
        profession, specialty = PROFESSIONS[place]
        if place is Place.SPECIALIST:
            specialty = rng.choice(SPECIALTIES)
        city = CITIES[number // PROFESSIONALS_PER_AREA % AREAS * CITIES_PER_AREA + number % CITIES_PER_AREA]
        yield (
            f"PS{number + 1:07d}", identifiers.rpps(number), identifiers.finess(city.department, number),
            identifiers.am_number(city.department, AM_CATEGORIES[place], number) if place in AM_CATEGORIES else "",
            profession, specialty, family, given, _printed_name(number) if place in PRACTICES else "",
            f"{rng.randrange(1, 150)} {rng.choice(WAYS)} {rng.choice(STREETS)}", city.postcode, "", city.name,
            identifiers.landline(number), f"{city.latitude + rng.uniform(-0.03, 0.03):.5f}",
            f"{city.longitude + rng.uniform(-0.03, 0.03):.5f}",
            NETWORK if place in IN_NETWORK and rng.random() < 0.7 else "",
        )  # fmt: skip


def agreements(members: int, seed: int, today: datetime.date) -> Iterator[tuple[str, ...]]:
    """Third-party payment agreements: nearly every professional, one in thirty ended within the last two years."""
    for number in range(professional_count(members)):
        rng = Random(f"{seed}/agreement/{number}")
        if rng.random() < 0.05 and number != ENDED_AGREEMENT:
            continue
        start = datetime.date(today.year - 2 - rng.randrange(6), rng.randrange(1, 13), 1)
        end = datetime.date(today.year - 1, rng.randrange(1, 13), 28) if rng.random() < 0.03 else None
        if number == ENDED_AGREEMENT:
            end = datetime.date(today.year, today.month, 1) - datetime.timedelta(days=200)
        yield (
            f"CV{number + 1:07d}", f"PS{number + 1:07d}", start.isoformat(), end.isoformat() if end else "",
            identifiers.iban(70_000_000_000 + number), f"cabinet.{number + 1}@example.org",
        )  # fmt: skip


FEWEST_COMPANIES = 2
"""However small the portfolio, a company has another one beside it: rights are about what others may not see."""
ENDED_AGREEMENT = 11
"""One professional, the same in any portfolio, whose agreement ended some months ago."""


def company_count(members: int) -> int:
    """One for 60 households in group contracts, two households in five."""
    grouped = sum(1 for rest in range(members % 5) if group_number(rest) is not None) + members // 5 * 2
    return max(FEWEST_COMPANIES, -(-grouped // HOUSEHOLDS_PER_COMPANY))


def companies(members: int, seed: int) -> Iterator[tuple[str, ...]]:
    for number in range(company_count(members)):
        rng = Random(f"{seed}/company/{number}")
        city = rng.choice(CITIES)
        word = rng.choice(("Ateliers", "Association", "Conserverie", "Transports", "Menuiserie", "Librairie"))
        yield (
            identifiers.siret(number), f"{word} {rng.choice(FAMILIES)}", rng.choice(NAF),
            f"{rng.randrange(1, 90)} {rng.choice(WAYS)} {rng.choice(STREETS)}", city.postcode, city.name,
            f"rh.{number + 1}@example.org", identifiers.landline(5_000 + number),
        )  # fmt: skip


def group_contracts(members: int, seed: int, today: datetime.date) -> Iterator[tuple[str, ...]]:
    """One contract a company, on the plan of its households."""
    for number in range(company_count(members)):
        rng = Random(f"{seed}/contract/{number}")
        yield (
            contract_number(number), identifiers.siret(number), contract_plan(number),
            rng.choice(("Ensemble du personnel", "Cadres", "Non-cadres")),
            datetime.date(today.year - 8, 1, 1).isoformat(), "", rng.choice(("0.50", "0.60", "0.75")),
        )  # fmt: skip
