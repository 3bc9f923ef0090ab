"""A DSN file is read to its end, and everything that is wrong in it is told with its line."""

import datetime
import time
from dataclasses import replace

import pytest

from employers.dsn.anomalies import Code
from employers.dsn.declared import DsnFile, as_draft, from_draft
from employers.dsn.lines import NotADsn, decode
from employers.dsn.reading import read
from tests.employers.dsn.dsn_files import NICS, SIREN, Site, employee, line, two_hundred, with_key, written

pytestmark = pytest.mark.commitment("CGU-3.16")

CONTRACT = "GC-2026-001"


def file_of(*lines: str, encoding: str = "utf-8") -> DsnFile:
    return read(decode("\r\n".join(lines).encode(encoding)))


def told(file: DsnFile) -> list[tuple[int, Code]]:
    return [(anomaly.line, anomaly.code) for anomaly in file.anomalies]


HEAD = (line("06.001", SIREN), line("11.001", NICS[0]), line("15.001", CONTRACT), line("15.005", "1"))


def test_three_establishments_and_two_hundred_employees_are_read_without_a_word() -> None:
    started = time.perf_counter()
    file = read(decode(written(two_hundred(CONTRACT))))
    assert time.perf_counter() - started < 2
    assert (file.establishments, file.people, file.without) == (3, 200, 0)
    assert (len(file.declared), file.anomalies) == (200, ())
    assert [membership.people for membership in file.memberships] == [120, 50, 30]
    assert {each.siret for each in file.declared} == {SIREN + nic for nic in NICS}


def test_everything_that_an_affiliation_says_is_read() -> None:
    who = employee(
        7, email="m.tanguy@example.org", ends_on=datetime.date(2026, 12, 31),
        leaving=(datetime.date(2026, 12, 24), "059"),
    )  # fmt: skip
    (read_one,) = read(decode(written([Site(NICS[0], (who,), {"1": CONTRACT})]))).declared
    assert (read_one.family_name, read_one.given_names, read_one.birth_name) == (who.family_name.upper(), "Anaïs", "")
    assert (read_one.nir, read_one.sex, read_one.birth_date) == (with_key(who.nir), who.sex, who.born)
    assert (read_one.starts_on, read_one.ends_on, read_one.leaving_code) == (who.starts_on, who.ends_on, "059")
    assert (read_one.employee_number, read_one.email) == ("M00007", "m.tanguy@example.org")
    assert (read_one.contract_number, read_one.population_code) == (CONTRACT, "ENS")
    assert read_one.left_on == datetime.date(2026, 12, 24)


def test_dependants_are_checked_and_never_kept() -> None:
    """An employer does not affiliate them, nor see them: the employee does (PDP-3.3)."""
    child = ("02", datetime.date(2019, 5, 4), "TANGUY", "Malo")
    whole = employee(7, dependants=(child,)).lines()
    file = file_of(*HEAD, *whole)
    assert (len(file.declared), file.anomalies) == (1, ())
    assert "Malo" not in str(as_draft(file))
    nameless = [each for each in whole if "73.006" not in each]
    line_of_child = len(HEAD) + next(rank for rank, each in enumerate(whole, 1) if "73.003" in each)
    assert told(file_of(*HEAD, *nameless)) == [(line_of_child, Code.MISSING_RUBRIC)]


def test_the_name_in_use_is_the_name_and_the_other_one_is_of_birth() -> None:
    who = employee(1)
    lines = [*who.person()[:2], line("30.003", "RIOU"), *who.person()[2:], *who.lines()[len(who.person()) :]]
    (read_one,) = file_of(*HEAD, *lines).declared
    assert (read_one.family_name, read_one.birth_name) == ("RIOU", who.family_name.upper())


def test_an_end_of_employment_is_the_end_when_the_affiliation_says_none() -> None:
    left = datetime.date(2026, 11, 13)
    (read_one,) = file_of(*HEAD, *employee(1, leaving=(left, "031")).lines()).declared
    assert (read_one.last_day, read_one.leaving_code) == (left, "031")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_any_encoding_of_the_norm_and_any_end_of_line_are_read(encoding: str, end: str) -> None:
    content = written([Site(NICS[0], (employee(20),), {"1": CONTRACT})], encoding=encoding, end=end)
    file = read(decode(content))
    assert file.declared[0].given_names == "Gwenaëlle"
    assert {code for _line, code in told(file)} == ({Code.LATIN1} if encoding == "latin-1" else set())


def test_lines_of_the_norm_without_the_first_quotes_are_read_too() -> None:
    content = written([Site(NICS[0], (employee(1),), {"1": CONTRACT})]).decode()
    bare = "\n".join(each.replace("'", "", 1).replace("','", ",'", 1) for each in content.split("\r\n"))
    assert bare.startswith("S10.G00.00.001,'")
    assert len(read(decode(bare.encode())).declared) == 1


def test_another_file_is_refused_with_words() -> None:
    for content in (b"", b"nom;prenom\r\nRiou;Anne\r\n", b"%PDF-1.7\x00\xff", b"PK\x03\x04", b"\xff\xfe'\x00S\x00"):
        with pytest.raises(NotADsn, match="n’est pas une DSN"):
            read(decode(content))


def every_anomaly() -> tuple[bytes, list[tuple[int, Code]]]:
    """A file with every anomaly, and each with the line where it stands."""
    twin = employee(2)
    rows: list[tuple[str, Code | None]] = [
        ("'S10.G00.00.001','Logiciel de paie'", None),
        *[(each, None) for each in HEAD],
        *_told(employee(0, given_names="Anaïs").lines(), {2: Code.LATIN1}),
        *_told(employee(1).lines(), {}),
        ("S21.G00.30;001;pas une rubrique", Code.BAD_LINE),
        *_told(twin.lines(), {}),
        *_told(replace(employee(3), nir=twin.nir).lines(), {0: Code.DUPLICATE_NIR}),
        *_told(replace(employee(4), nir="2990513055").lines(), {0: Code.BAD_VALUE}),
        *_told(_swapped(employee(5).lines(), 1, 2), {2: Code.RUBRIC_ORDER}),
        *_told(_without(employee(6).lines(), 1), {0: Code.MISSING_RUBRIC}),
        *_told(employee(7, membership="9").lines(), {10: Code.UNKNOWN_MEMBERSHIP}),
        *_told(_without_job(employee(8).lines()), {6: Code.MISSING_BLOCK}),
        (line("15.001", "GC-TARDIF"), Code.BLOCK_ORDER),
        (line("15.005", "2"), None),
        (line("06.001", SIREN), None),
        (line("30.001", employee(10).nir), Code.MISSING_BLOCK),
        (line("30.002", "RIOU"), None),
        (line("11.001", "00021"), Code.MISSING_BLOCK),
        *_told(employee(11).lines(), {}),
        (line("11.001", "99998"), Code.BAD_VALUE),
        (line("15.001", CONTRACT), None),
        (line("15.005", "1"), None),
        *_told(replace(employee(12), given_names="Loic", family_name="Riou").lines(), {}),
        *_told([line("51.001", "30022026")], {0: Code.TRUNCATED}),
    ]
    content = b"\r\n".join(each.encode("latin-1") for each, _code in rows)
    return content, [(number, code) for number, (_line, code) in enumerate(rows, 1) if code is not None]


def _told(lines: list[str], codes: dict[int, Code]) -> list[tuple[str, Code | None]]:
    return [(each, codes.get(rank)) for rank, each in enumerate(lines)]


def _swapped(lines: list[str], first: int, second: int) -> list[str]:
    lines[first], lines[second] = lines[second], lines[first]
    return lines


def _without(lines: list[str], rank: int) -> list[str]:
    return lines[:rank] + lines[rank + 1 :]


def _without_job(lines: list[str]) -> list[str]:
    return [each for each in lines if not each.startswith("'S21.G00.40")]


def test_every_anomaly_is_told_once_at_its_line() -> None:
    content, expected = every_anomaly()
    file = read(decode(content))
    assert told(file) == expected
    assert {code for _line, code in expected} >= set(Code) - {
        Code.MIXED_ENCODING, Code.OTHER_COMPANY, Code.UNKNOWN_CONTRACT, Code.REFUSED,
    }  # fmt: skip
    assert [each.family_name.split()[-1] for each in file.declared] == [
        employee(nth).family_name.upper().split()[-1] for nth in (0, 1, 2, 5)
    ]


def test_what_is_told_never_repeats_a_number_or_a_name() -> None:
    content, _expected = every_anomaly()
    words = " ".join(anomaly.words for anomaly in read(decode(content)).anomalies)
    for nth in range(13):
        assert employee(nth).nir not in words
        assert employee(nth).family_name.upper() not in words


def test_a_line_in_utf8_among_others_in_latin1_is_read_and_told() -> None:
    first, second = employee(20), employee(130)
    lines = [*HEAD, *first.lines(), *second.lines()]
    content = b"\n".join(each.encode("utf-8" if second.given_names in each else "latin-1") for each in lines)
    file = read(decode(content))
    assert [each.given_names for each in file.declared] == ["Gwenaëlle", "Loïc"]
    mixed = len(HEAD) + len(first.lines()) + 3
    assert (mixed, Code.MIXED_ENCODING) in told(file)


def test_two_affiliations_of_one_employment_are_two_blocks() -> None:
    lines = employee(1).lines()
    second = [line("70.004", "OPT"), line("70.012", "2"), line("70.013", "1"), line("70.014", "02112026")]
    file = file_of(*HEAD, *lines[:-2], *second)
    assert [each.option_code for each in file.declared] == ["", "OPT"]
    assert file.anomalies == ()


def test_a_draft_gives_back_what_was_read() -> None:
    who = employee(7, ends_on=datetime.date(2027, 1, 1), leaving=(datetime.date(2026, 12, 24), "031"))
    file = read(decode(written([Site(NICS[0], (who, employee(8)), {"1": CONTRACT})], encoding="latin-1")))
    assert from_draft(as_draft(file)) == file


def test_salaries_are_never_kept() -> None:
    file = read(decode(written([Site(NICS[0], (employee(1),), {"1": CONTRACT})])))
    assert "2543.17" not in str(as_draft(file))
