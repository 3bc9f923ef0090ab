"""What care looks like: acts with their usual bases and prices, and the episodes that link them, by age.

Prices are ordinary French prices of 2023 to 2026, in cents. Where the reimbursement base is fixed by a tariff, only
what is asked beyond the base is given here.
"""

from enum import IntEnum, auto
from typing import NamedTuple


class Place(IntEnum):
    """Whom the household goes to: an index among the professionals of its area, except for the last ones."""

    GENERALIST = 0
    SPECIALIST = auto()
    PHARMACY = auto()
    NURSE = auto()
    PHYSIOTHERAPIST = auto()
    DENTIST = auto()
    SPEECH = auto()
    LABORATORY = auto()
    IMAGING = auto()
    OPTICIAN = auto()
    AUDIOLOGIST = auto()
    OSTEOPATH = auto()
    AMBULANCE = auto()
    CLINIC = auto()


class Act(NamedTuple):
    """An act and its prices: pairs (base, expense) or, when `tariff`, (0, what is asked beyond the tariff)."""

    place: Place
    prices: tuple[tuple[int, int], ...]
    third_party: float
    tariff: bool = False
    quantities: tuple[int, ...] = (1,)
    # A family of franchise: boxes and acts are counted one by one.
    per_unit: bool = False


def _at_tariff(place: Place, beyond: tuple[int, ...], third_party: float) -> Act:
    return Act(place, tuple((0, extra) for extra in beyond), third_party, tariff=True)


def _listed(place: Place, third_party: float, *prices: tuple[int, int]) -> Act:
    return Act(place, prices, third_party)


def _boxes(*bases: int) -> Act:
    prices = tuple((base, base) for base in bases)
    return Act(Place.PHARMACY, prices, 0.97, quantities=(1, 1, 1, 2, 2, 3), per_unit=True)


ACTS: dict[str, Act] = {
    "G": _at_tariff(Place.GENERALIST, (0, 0, 0, 0, 0, 0, 500, 1500), 0.25),
    "TCG": _at_tariff(Place.GENERALIST, (0,), 0.6),
    "VG": _at_tariff(Place.GENERALIST, (0, 1000), 0.3),
    "CS": _at_tariff(Place.SPECIALIST, (0, 500, 500, 2850, 3350), 0.15),
    "APC": _at_tariff(Place.SPECIALIST, (0, 0, 1500, 2500), 0.15),
    "SF": _listed(Place.SPECIALIST, 0.3, (2800, 2800), (2800, 3500)),
    "ATM": _listed(Place.SPECIALIST, 0.4, (1426, 1426), (7680, 7680), (7680, 11000)),
    "ADE": _listed(Place.IMAGING, 0.7, (5670, 5670), (5670, 8500)),
    "ADI": _listed(Place.IMAGING, 0.7, (3990, 3990), (6993, 6993), (6993, 9500)),
    "B": _listed(Place.LABORATORY, 0.95, (1377, 1377), (2430, 2430), (4185, 4185)),
    "AMI": _listed(Place.NURSE, 0.9, (630, 630), (945, 945), (1260, 1260)),
    "AMK": _listed(Place.PHYSIOTHERAPIST, 0.6, (1806, 1806), (1806, 1806), (1806, 2200)),
    "AMO": _listed(Place.SPEECH, 0.5, (3380, 3380), (2600, 2600)),
    "PH7": _boxes(246, 512, 789, 1246, 1893, 2754),
    "PH4": _boxes(295, 780, 1022),
    "PH2": _boxes(347, 521),
    "PAN": _listed(Place.PHARMACY, 0.95, (1540, 1540)),
    "MAC": _listed(Place.PHARMACY, 0.9, (2278, 2990)),
    "SDE": _listed(Place.DENTIST, 0.5, (2892, 2892), (4338, 4338), (4338, 5500), (6050, 6050)),
    "END": _listed(Place.DENTIST, 0.5, (3374, 3374), (8194, 8194)),
    "PF0": _at_tariff(Place.DENTIST, (38000,), 0.95),
    "CZ0": _at_tariff(Place.DENTIST, (32000,), 0.95),
    "IC0": _at_tariff(Place.DENTIST, (8500,), 0.95),
    "PFC": _at_tariff(Place.DENTIST, (43000, 53000, 66000), 0.4),
    "ICO": _at_tariff(Place.DENTIST, (14000,), 0.4),
    "TO": _at_tariff(Place.DENTIST, (40650, 55650), 0.2),
    "M01": _at_tariff(Place.OPTICIAN, (2100,), 1.0),
    "V01": _listed(Place.OPTICIAN, 1.0, (975, 3250), (1125, 3750)),
    "V03": _listed(Place.OPTICIAN, 1.0, (2550, 8500)),
    "M03": _at_tariff(Place.OPTICIAN, (6995, 8995, 9995), 0.85),
    "VU1": _at_tariff(Place.OPTICIAN, (5495, 10995, 15995), 0.85),
    "VM1": _at_tariff(Place.OPTICIAN, (17995, 24995), 0.85),
    "PAZ": _at_tariff(Place.AUDIOLOGIST, (55000,), 1.0),
    "PAU": _at_tariff(Place.AUDIOLOGIST, (110000,), 0.7),
    "ADC": _listed(Place.CLINIC, 0.9, (14110, 14110), (25280, 45000)),
    "ADA": _listed(Place.CLINIC, 0.9, (9600, 9600), (9600, 15000)),
    "FJ": Act(Place.CLINIC, ((0, 0),), 1.0, tariff=True, quantities=(1, 2, 2, 3, 4, 6)),
    "VSL": _listed(Place.AMBULANCE, 1.0, (1890, 1890), (2640, 2640)),
    "OSTE": _listed(Place.OSTEOPATH, 0.0, (0, 5500), (0, 6000), (0, 7000)),
}


class Step(NamedTuple):
    """One act of an episode, some days after its beginning, with a chance of happening."""

    act: str
    after: int
    chance: float


EPISODES: dict[str, tuple[Step, ...]] = {
    "illness": (Step("G", 0, 1), Step("PH7", 0, 0.9), Step("PH4", 0, 0.3), Step("PH2", 0, 0.2)),
    "remote": (Step("TCG", 0, 1), Step("PH7", 0, 0.8)),
    "home": (Step("VG", 0, 1), Step("PH7", 0, 0.9), Step("AMI", 1, 0.4)),
    "chronic": (Step("PH7", 0, 1), Step("PH7", 0, 0.6), Step("PH4", 0, 0.2)),
    "specialist": (Step("CS", 0, 1), Step("ATM", 0, 0.35), Step("B", 6, 0.3)),
    "opinion": (Step("APC", 0, 1), Step("ADI", 9, 0.5)),
    "imaging": (Step("ADE", 0, 0.6), Step("ADI", 0, 0.5)),
    "analyses": (Step("B", 0, 1),),
    "nurse": (Step("AMI", 0, 1), Step("AMI", 2, 1), Step("AMI", 4, 0.7), Step("PAN", 0, 0.5)),
    "physiotherapy": (Step("AMK", 0, 1), Step("AMK", 3, 1), Step("AMK", 7, 0.9), Step("AMK", 10, 0.6)),
    "speech": (Step("AMO", 0, 1), Step("AMO", 7, 0.9), Step("AMO", 14, 0.8)),
    "midwife": (Step("SF", 0, 1), Step("B", 2, 0.5)),
    "sprain": (Step("G", 0, 1), Step("ADI", 1, 0.8), Step("MAC", 1, 0.8), Step("AMK", 8, 0.7)),
    "dentist": (Step("SDE", 0, 1), Step("SDE", 8, 0.4), Step("END", 8, 0.15)),
    "crown_free": (Step("IC0", 0, 0.6), Step("PF0", 12, 0.6), Step("CZ0", 14, 0.4)),
    "crown": (Step("ICO", 0, 0.6), Step("PFC", 12, 1)),
    "orthodontics": (Step("TO", 0, 1),),
    "glasses_free": (Step("M01", 0, 1), Step("V01", 0, 1), Step("V01", 0, 1)),
    "progressive_free": (Step("M01", 0, 1), Step("V03", 0, 1), Step("V03", 0, 1)),
    "glasses": (Step("M03", 0, 1), Step("VU1", 0, 1), Step("VU1", 0, 1)),
    "progressive": (Step("M03", 0, 1), Step("VM1", 0, 1), Step("VM1", 0, 1)),
    "hearing_free": (Step("PAZ", 0, 1), Step("PAZ", 0, 1)),
    "hearing": (Step("PAU", 0, 1), Step("PAU", 0, 1)),
    "hospital": (Step("ADC", 0, 1), Step("ADA", 0, 1), Step("FJ", 3, 0.8), Step("VSL", 4, 0.4), Step("AMI", 6, 0.6)),
    "osteopath": (Step("OSTE", 0, 1),),
}


class Periodic(NamedTuple):
    """What comes back at its own pace: episodes to choose from, months between two, percent of people who need it."""

    episodes: tuple[str, ...]
    months: int
    need: int


class Age(NamedTuple):
    """People under an age: episodes a month on average, weights of those that come by chance, and periodic ones."""

    under: int
    mean: float
    weights: dict[str, int]
    periodic: tuple[Periodic, ...]


GLASSES = ("glasses_free", "glasses", "glasses")
PROGRESSIVES = ("progressive_free", "progressive", "progressive")
CROWNS = ("crown_free", "crown_free", "crown")
AGES = (
    Age(
        4,
        1.3,
        {"illness": 60, "remote": 4, "chronic": 10, "specialist": 14, "analyses": 6, "osteopath": 3},
        (Periodic(("hospital",), 48, 10),),
    ),
    Age(
        16,
        1.15,
        {
            "illness": 40, "remote": 4, "specialist": 10, "speech": 8, "dentist": 12, "sprain": 5, "analyses": 5,
            "osteopath": 3,
        },
        (Periodic(GLASSES, 24, 35), Periodic(("orthodontics",), 6, 20)),
    ),
    Age(
        40,
        1.1,
        {
            "illness": 30, "remote": 8, "specialist": 14, "analyses": 9, "imaging": 5, "physiotherapy": 8,
            "dentist": 10, "midwife": 4, "osteopath": 6, "sprain": 4,
        },
        (Periodic(GLASSES, 24, 45), Periodic(CROWNS, 48, 20), Periodic(("hospital",), 36, 12)),
    ),
    Age(
        65,
        1.27,
        {
            "illness": 24, "remote": 5, "chronic": 16, "specialist": 14, "opinion": 3, "analyses": 10, "imaging": 6,
            "physiotherapy": 8, "nurse": 3, "dentist": 8, "osteopath": 4,
        },
        (Periodic(PROGRESSIVES, 24, 60), Periodic(CROWNS, 24, 35), Periodic(("hospital",), 36, 25)),
    ),
    Age(
        200,
        1.45,
        {
            "illness": 22, "home": 5, "chronic": 26, "specialist": 14, "opinion": 3, "analyses": 12, "imaging": 6,
            "physiotherapy": 8, "nurse": 9, "dentist": 5,
        },
        (
            Periodic(PROGRESSIVES, 24, 70), Periodic(("hearing_free", "hearing_free", "hearing"), 48, 30),
            Periodic(CROWNS, 24, 35), Periodic(("hospital",), 24, 35),
        ),
    ),
)  # fmt: skip
