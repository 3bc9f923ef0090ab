"""Vigilance: names that are close, payments out of the ordinary, and what the officer makes of them."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.benefits.models import BenefitLine
from portals.access import isolation
from portals.banking.models import BankChange
from portals.gestion.roles import Role
from portals.jobs.models import Job
from privacy.investigations.models import Investigation, Kind, Origin
from privacy.investigations.screening import actions, registry, running
from privacy.investigations.screening.importing import SameList, Unreadable, import_list, read
from privacy.investigations.screening.matching import (
    EXACT,
    NO_DATE,
    SAME_YEAR,
    SKELETON,
    Candidate,
    Index,
    Listed,
    Match,
    skeleton,
)
from privacy.investigations.screening.models import FlagKind, FreezeList, ScreeningFlag
from privacy.investigations.screening.patterns import Thresholds, bank_changes_are_unusual, refunds_are_unusual
from privacy.investigations.screening.running import screen
from privacy.investigations.walls import inside
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.investigations.objects import LIST, flag_on, freeze_list, who

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-3.7")]

BORN = datetime.date(1970, 5, 6)
TODAY = datetime.date(2026, 3, 2)
LIMITS = Thresholds(bank_changes=3, bank_days=180, refunds=Decimal(1000), refund_days=365)


def degree(listed: Listed, candidate: Candidate) -> int:
    found = Index.of([listed]).matches(candidate)
    return found[0].degree if found else 0


@pytest.mark.parametrize(
    ("family", "given", "born", "expected"),
    [
        ("Al-Masri", "Mohammed", BORN, EXACT),
        ("AL MASRI", "mohammed ali", BORN, EXACT),
        ("Masri Al", "Mohammed", BORN, EXACT),
        ("Al Masry", "Mohamed", BORN, SKELETON),
        ("Al-Masri", "Mohammed", None, NO_DATE),
        ("Al Masry", "Mohamed", None, 0),
        ("Al-Masri", "Mohammed", datetime.date(1970, 5, 7), 0),
        ("Al-Masri", "Karim", BORN, 0),
        ("Dupont", "Mohammed", BORN, 0),
    ],
)
def test_how_close_a_person_is(family: str, given: str, born: datetime.date | None, expected: int) -> None:
    assert degree(Listed("1", "Al-Masri", "Mohammed", BORN, 1970), Candidate((family,), given, born)) == expected


def test_a_year_alone_agrees_or_settles() -> None:
    listed = Listed("1", "Al-Masri", "Mohammed", None, 1970)
    assert degree(listed, Candidate(("Al-Masri",), "Mohammed", BORN)) == SAME_YEAR
    assert degree(listed, Candidate(("Al-Masri",), "Mohammed", datetime.date(1971, 5, 6))) == 0


def test_a_birth_name_counts_and_aliases_are_one_number() -> None:
    index = Index.of([Listed("7", "Martin", "Anne", BORN), Listed("7", "Martine", "Anna", BORN)])
    assert index.matches(Candidate(("Durand", "Martin"), "Anne", BORN)) == [Match("7", EXACT)]


def test_a_company_is_compared_by_its_whole_name_and_with_no_person() -> None:
    entity = Listed("9", "Société du Pont", is_entity=True)
    assert degree(entity, Candidate(("SOCIETE DU PONT",), is_entity=True)) == EXACT
    assert degree(entity, Candidate(("Société du Ponton",), is_entity=True)) == 0
    assert degree(entity, Candidate(("Société du Pont",), "", BORN)) == 0


def test_a_skeleton_forgives_doubles_and_vowels_and_is_never_empty() -> None:
    assert skeleton("mohammed") == skeleton("muhamad") == "md"
    assert skeleton("io") == "io"


def test_unusual_is_what_the_settings_say_and_not_one_less() -> None:
    days = [TODAY - datetime.timedelta(days=count) for count in (0, 100, 179)]
    assert bank_changes_are_unusual(days, TODAY, LIMITS)
    assert not bank_changes_are_unusual([*days[:2], TODAY - datetime.timedelta(days=180)], TODAY, LIMITS)
    assert refunds_are_unusual(Decimal("1000.01"), LIMITS) and not refunds_are_unusual(Decimal(1000), LIMITS)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"numero;nom\n1;A", "colonnes"),
        (b"numero;nature;nom;prenoms;naissance;mesure\n1;navire;A;;;", "Ligne 2"),
        (b"numero;nature;nom;prenoms;naissance;mesure\n1;personne physique;A;B;demain;", "Ligne 2"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        list(read(content))


def test_a_list_is_read_with_its_days_its_years_and_its_aliases() -> None:
    names = list(read(freeze_list(BORN)))
    assert [(one.number, one.kind, one.birth_year) for one in names] == [
        ("101", "person", 1970), ("101", "person", 1970), ("202", "person", 1950), ("303", "entity", None),
    ]  # fmt: skip


def imported(cast: Cast, text: str = LIST) -> FreezeList:
    officer = builders.colleague(Role.VIGILANCE)
    content = freeze_list(cast.alice.birth_date, text)
    with inside(Kind.FINANCIAL_CRIME):
        return import_list(by=officer, content=content, published_on=TODAY)


def screened() -> int:
    with isolation.system():
        return screen(timezone.localdate())


def test_the_officer_alone_imports_and_the_same_file_once(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        import_list(by=builders.colleague(Role.FRAUD), content=freeze_list(BORN), published_on=TODAY)
    imported(cast)
    with pytest.raises(SameList):
        imported(cast)
    assert Job.objects.filter(kind="vigilance.screen").count() == 1


def test_the_portfolio_is_compared_and_the_same_flag_is_never_raised_twice(cast: Cast) -> None:
    imported(cast)
    assert screened() == 1
    with inside(Kind.FINANCIAL_CRIME):
        flag = ScreeningFlag.objects.get()
        assert (flag.kind, flag.subject_id, flag.numbers, flag.degree) == (FlagKind.FREEZE, cast.alice.pk, ["101"], 100)
        assert "Goff" not in flag.facts
        actions.dismiss(
            by=builders.colleague(Role.VIGILANCE), flag=flag, reason="Homonyme\u00a0: lieu de naissance autre."
        )
    assert screened() == 0
    imported(cast, LIST + "404;Personne physique;Autre;Nom;;\n")
    assert screened() == 0
    changed = LIST.replace("Alice Marie", "Alice Marie Jeanne")
    imported(cast, changed)
    assert screened() == 1
    version = FreezeList.objects.order_by("-pk")[0]
    assert version.screened_at is not None and version.screened >= 4


def test_the_population_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    """Flags are written by handfuls while the portfolio is still being read: nothing waits for its end in memory."""
    imported(cast)
    known = registry.Known("adherent", 1, 0, Candidate((cast.alice.family_name,), "Alice", cast.alice.birth_date))
    seen: list[int] = []

    def crowd() -> object:
        for number in range(1, 1201):
            if number == 1101:
                seen.append(ScreeningFlag.objects.count())
            yield registry.Known(known.space, 1, 10_000_000 + number, known.candidate)

    monkeypatch.setattr(registry, "_populations", [crowd])
    assert screened() == 1200
    assert seen == [2 * running.HANDFUL]


def test_several_bank_changes_and_large_refunds_raise_a_flag_each(cast: Cast, settings: object) -> None:
    settings.VIGILANCE = {"bank_changes": 2, "bank_days": 180, "refunds": Decimal(500), "refund_days": 365}  # type: ignore[attr-defined]  # pytest-django's
    today = timezone.localdate()
    with isolation.system():
        for _time in range(2):
            BankChange.objects.create(
                space="adherent", tenant_id=cast.bob.household_id, subject_id=cast.bob.pk, asked_by=cast.bob_account,
                new_masked="FR76 … 1", effective_at=timezone.now(), cancelled_at=timezone.now(), cancelled_for="owner",
            )  # fmt: skip
        line = builders.benefit(cast.alice)
        BenefitLine.objects.filter(pk=line.pk).update(payment_date=today, paid_to="insured", mutual_amount=501)
    assert screened() == 2
    assert screened() == 0
    with inside(Kind.FINANCIAL_CRIME):
        found = {(flag.kind, flag.subject_id) for flag in ScreeningFlag.objects.all()}
    assert found == {("bank_changes", cast.bob.pk), ("refunds", cast.alice.pk)}


def test_a_confirmed_flag_opens_a_file_and_is_decided_once(cast: Cast) -> None:
    flag = flag_on(cast.alice)
    client = builders.enter_gestion(Client(), builders.colleague(Role.VIGILANCE))
    address = reverse("admin:privacy_screeningflag_confirm", args=[flag.pk])
    assert client.post(address, {"reason": "", "case": ""}).status_code == 200
    assert client.post(address, {"reason": "Trois pièces discordantes.", "case": ""}).status_code == 302
    assert "déjà décidée" in words_of(client.post(address, {"reason": "Encore.", "case": ""}).text)
    with inside(Kind.FINANCIAL_CRIME):
        flag.refresh_from_db()
        [case] = Investigation.objects.all()
        assert flag.case_id == case.pk and case.origin == Origin.SCREENING
        assert case.subjects.get().subject_id == cast.alice.pk
    page = words_of(client.get(reverse("admin:privacy_screeningflag_change", args=[flag.pk])).text)
    assert "Le Goff" in page and case.reference in page


def test_a_flag_is_dismissed_with_a_reason_or_not_at_all(cast: Cast) -> None:
    flag = flag_on(cast.alice)
    with inside(Kind.FINANCIAL_CRIME), pytest.raises(actions.ReasonMissing):
        actions.dismiss(by=builders.colleague(Role.VIGILANCE), flag=flag, reason=" ")
    with inside(Kind.FINANCIAL_CRIME):
        actions.confirm(by=builders.colleague(Role.VIGILANCE), flag=flag, reason="Vu.", who=who(cast.alice))


def test_a_list_is_imported_from_its_page(cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(Role.VIGILANCE))
    address = reverse("admin:privacy_freezelist_import")
    wrong = SimpleUploadedFile("liste.csv", b"a;b")
    answer = client.post(address, {"published_on": "05/01/2026", "file": wrong})
    assert "Il manque des colonnes" in words_of(answer.text)
    right = SimpleUploadedFile("liste.csv", freeze_list(BORN))
    assert client.post(address, {"published_on": "05/01/2026", "file": right}).status_code == 302
    assert FreezeList.objects.get().names == 4
