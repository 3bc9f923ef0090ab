"""The region of a postcode, by its department. Pure."""

from privacy.statistics.rules import UNKNOWN

DEPARTMENTS = {
    "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "27": "21 25 39 58 70 71 89 90",
    "53": "22 29 35 56",
    "24": "18 28 36 37 41 45",
    "94": "20",
    "44": "08 10 51 52 54 55 57 67 68 88",
    "01": "971",
    "03": "973",
    "32": "02 59 60 62 80",
    "11": "75 77 78 91 92 93 94 95",
    "04": "974",
    "02": "972",
    "06": "976",
    "28": "14 27 50 61 76",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "52": "44 49 53 72 85",
    "93": "04 05 06 13 83 84",
    "98": "975 977 978 986 987 988",
}
"""By region, as the INSEE numbers it; Corsica's two departments share the first digits of their postcodes."""
_REGION_OF = {department: region for region, departments in DEPARTMENTS.items() for department in departments.split()}


def region_of(postcode: str, country: str = "") -> str:
    """The region of a French postcode; unknown abroad, and for one that no department has."""
    if country not in {"", "FR"} or len(postcode) != 5 or not postcode.isdecimal():
        return UNKNOWN
    return _REGION_OF.get(postcode[:3]) or _REGION_OF.get(postcode[:2], UNKNOWN)
