"""Accounts are drawn up once a year from covers, payments and slips, and never change once published."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from employers.companies.models import Company
from employers.contributions.models import Status
from employers.technical import actions, planned
from employers.technical.actions import AlreadyPublished, NothingToPublish, YearNotOver, build, complete, publish
from employers.technical.models import TechnicalAccount, TechnicalLine
from employers.technical.queries import accounts_of, published_years
from employers.technical.rules import Decree, are_whole
from members.benefits.models import BenefitLine
from portals import jobs
from portals.access import isolation
from portals.access.models import CompanyRole
from portals.anonymity.parts import may_be_compared, rounded
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import slip_of
from tests.employers.technical.objects import pay, technical_account_of, workforce
from tests.employers.users.people import colleague
from tests.newcomer import mails

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-3.3")]

NOON = datetime.datetime(2026, 4, 20, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def account_of(company: Company, year: int = 2025) -> TechnicalAccount:
    with isolation.system():
        return TechnicalAccount.objects.prefetch_related("lines").get(company=company, year=year)


def test_an_account_adds_up_what_was_paid_in_the_year_whenever_the_care_was() -> None:
    company = builders.company()
    contract = workforce(company, 40)
    pay(contract, 2025)
    pay(contract, 2024, seed=7)
    with isolation.system():
        late = BenefitLine.objects.filter(payment_date__year=2024).order_by("pk")[:10]
        BenefitLine.objects.filter(pk__in=[line.pk for line in late]).update(payment_date=datetime.date(2025, 1, 3))
        paid = sum(
            line.mutual_amount for line in BenefitLine.objects.filter(payment_date__year=2025)
        )  # only this company has care here
    assert build(company_id=company.pk, year=2025, by=None) == 1
    account = account_of(company)
    assert account.benefits == rounded(int(paid * 100))
    for table in ("family", "structure", "age"):
        told = [line.amount for line in account.lines.all() if line.table == table and line.amount is not None]
        assert not told or abs(sum(told) - account.benefits) <= 5 * len(told), "tables part the total, to the rounding"
    assert {line.table for line in account.lines.all()} >= {"family", "structure"}


def test_the_amount_of_a_line_that_is_not_told_is_in_no_row() -> None:
    company = builders.company()
    contract = workforce(company, 60)
    pay(contract, 2025)
    with isolation.system():
        rare = builders.act("AUD", family="AUDI")
        some = BenefitLine.objects.order_by("pk")[:3]
        BenefitLine.objects.filter(pk__in=[line.pk for line in some]).update(act_code=rare)
    build(company_id=company.pk, year=2025, by=None)
    with isolation.system():
        hidden = TechnicalLine.objects.get(account__company=company, code="AUDI")
        assert hidden.amount is None and TechnicalLine.objects.filter(is_rest=True, table="family").count() == 1


def test_contributions_are_told_only_of_a_year_whose_slips_are_all_there() -> None:
    company = builders.company()
    workforce(company, 25)
    for month in range(1, 12):
        slip(company, month)
    build(company_id=company.pk, year=2025, by=None)
    assert (account_of(company).contributions, account_of(company).headcount) == (None, 10)
    slip(company, 12)
    build(company_id=company.pk, year=2025, by=None)
    assert account_of(company).contributions == Decimal(4_810)  # twelve times 400,50 €


def slip(company: Company, month: int) -> None:
    first = datetime.date(2025, month, 1)
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    slip_of(company, period_start=first, period_end=last, due_date=last, status=Status.PAID)


@pytest.mark.parametrize(("employees", "level"), [(8, "nothing"), (12, "totals"), (45, "detail")])
def test_small_contracts_get_less(employees: int, level: str) -> None:
    company = builders.company()
    pay(workforce(company, employees), 2025)
    build(company_id=company.pk, year=2025, by=None)
    account = account_of(company)
    assert account.level == level
    assert (account.benefits is None) == (level == "nothing") and account.lines.exists() == (level == "detail")


def test_each_population_has_its_own_account_and_no_total_joins_them() -> None:
    company = builders.company()
    pay(workforce(company, 30, population="Cadres"), 2025)
    pay(workforce(company, 6, population="Apprentis", seed=2), 2025)
    assert build(company_id=company.pk, year=2025, by=None) == 2
    with isolation.system():
        told = {one.contract.population: one.benefits for one in TechnicalAccount.objects.select_related("contract")}
    assert told["Apprentis"] is None and told["Cadres"] is not None


def test_a_year_is_drawn_up_once_it_is_over(cast: Cast) -> None:
    with pytest.raises(YearNotOver):
        build(company_id=cast.company.pk, year=2026, by=None)


def test_what_staff_entered_is_kept_when_a_draft_is_drawn_up_again(cast: Cast) -> None:
    build(company_id=cast.company.pk, year=2025, by=None)
    agent = builders.staff()
    complete(by=agent, account=account_of(cast.company), entered={"commissions": Decimal("1234.56")})
    build(company_id=cast.company.pk, year=2025, by=agent)
    assert account_of(cast.company).commissions == Decimal(1230)


def test_a_published_account_never_changes(cast: Cast) -> None:
    draft = technical_account_of(cast.company, published=False)
    publish(company_id=cast.company.pk, year=2025, by=None)
    line = account_of(cast.company).lines.all()[0]
    with isolation.system():
        for change in (
            lambda: TechnicalAccount.objects.filter(pk=draft.pk).update(benefits=1),
            lambda: TechnicalAccount.objects.filter(pk=draft.pk).delete(),
            lambda: TechnicalLine.objects.filter(pk=line.pk).update(amount=1),
            lambda: TechnicalLine.objects.filter(pk=line.pk).delete(),
            lambda: TechnicalLine.objects.create(
                account=draft, company=cast.company, table="age", position=0, label="Ajoutée"
            ),
        ):
            with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
                change()
    with pytest.raises(AlreadyPublished):
        complete(by=builders.staff(), account=draft, entered={"commissions": None})
    with pytest.raises(NothingToPublish):
        publish(company_id=cast.company.pk, year=2025, by=None)
    assert build(company_id=cast.company.pk, year=2025, by=None) == 0, "it is left as it is"


def test_a_variation_is_told_when_nobody_came_or_left_and_not_when_three_did() -> None:
    company = builders.company()
    contract = workforce(company, 60)
    for year in (2024, 2025):
        pay(contract, year, seed=year)
    with isolation.system():  # care of everybody in both years, so that only covers may differ
        everybody = {line.person_id: line for line in BenefitLine.objects.order_by("pk")}
        template = next(iter(everybody.values()))
        for year in (2024, 2025):
            _give_care_to_all(contract.contract_number, template, datetime.date(year, 7, 4))
    build(company_id=company.pk, year=2024, by=None)
    publish(company_id=company.pk, year=2024, by=None)
    build(company_id=company.pk, year=2025, by=None)
    before, now = account_of(company, 2024), account_of(company)
    assert now.variation is not None and before.benefits is not None and now.benefits is not None
    assert now.variation == now.benefits - before.benefits
    with connection.cursor() as cursor, isolation.system():
        cursor.execute(
            "UPDATE members_cover SET end_date = '2024-12-31' WHERE id IN (SELECT id FROM members_cover ORDER BY id LIMIT 3)"
        )
    build(company_id=company.pk, year=2025, by=None)
    assert account_of(company).variation is None


def _give_care_to_all(contract: str, template: BenefitLine, day: datetime.date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO members_benefitline (benefit_ref, policy_id, person_id, household_id, care_date, act_code, act_label,
                quantity, professional_name, expense, base, scheme_rate, scheme_amount, deduction, mutual_amount,
                other_amount, paid_to, payment_ref, payment_date, source)
            SELECT 'TOUS' || cover.id || %(day)s::text, cover.policy_id, cover.person_id, cover.household_id, care_date,
                act_code, act_label, quantity, professional_name, expense, base, scheme_rate, scheme_amount, deduction, 10,
                other_amount, paid_to, payment_ref, %(day)s, source
            FROM members_benefitline, members_cover cover JOIN members_policy policy ON policy.id = cover.policy_id
            WHERE members_benefitline.id = %(template)s AND policy.group_contract = %(contract)s
            """,
            {"day": day, "template": template.pk, "contract": contract},
        )


def test_drawing_up_takes_as_many_queries_for_three_hundred_employees_as_for_thirty() -> None:
    counts = []
    for employees in (30, 300):
        company = builders.company()
        pay(workforce(company, employees, seed=employees), 2025)
        with CaptureQueriesContext(connection) as captured:
            build(company_id=company.pk, year=2025, by=None)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 30


def test_drafts_are_made_in_april_and_published_in_august_with_an_email_that_says_nothing(cast: Cast) -> None:
    colleague(cast.company, CompanyRole.ACCOUNTANT, email="compta@example.org")
    colleague(cast.company, CompanyRole.HR_MANAGER, email="rh@example.org")
    planned.run(datetime.datetime(2026, 3, 20, 2, 30, tzinfo=datetime.UTC))
    assert not jobs.Job.objects.filter(kind=actions.BUILD).exists()
    planned.run(NOON)
    jobs.run_due()
    assert account_of(cast.company).published_at is None
    with time_machine.travel(datetime.datetime(2026, 8, 20, 2, 30, tzinfo=datetime.UTC), tick=False):
        planned.run(datetime.datetime(2026, 8, 20, 1, 30, tzinfo=datetime.UTC))
        sent = [message for message in mails() if "comptes techniques" in message.subject]
    assert account_of(cast.company).published_at is not None
    told = {address for message in sent for address in message.to}
    assert {"compta@example.org", cast.company_account.email} <= told and "rh@example.org" not in told
    assert all("€" not in str(message.body) and cast.company.name not in str(message.body) for message in sent)
    assert Entry.objects.filter(action="technical_accounts.published").exists()


def test_the_database_holds_another_company_apart_without_any_filter(cast: Cast) -> None:
    technical_account_of(cast.company)
    with isolation.tenant(space="employeur", tenant_id=cast.rival.pk):
        assert not TechnicalAccount.objects.exists() and not TechnicalLine.objects.exists()
        assert published_years(cast.company.pk) == [] and accounts_of(cast.company.pk, 2025) == []
    with isolation.tenant(space="employeur", tenant_id=cast.company.pk):
        assert TechnicalLine.objects.exists() and not BenefitLine.objects.exists()


def test_the_result_waits_for_every_line_of_the_decree() -> None:
    account = Decree(Decimal(1_000), Decimal(700), *[Decimal(10)] * 6)
    assert account.result is None and account.balance == Decimal(300) and account.share == Decimal("0.7")
    whole = Decree(
        Decimal(1_000), Decimal(700), provisions_opening=Decimal(50), provisions_closing=Decimal(80),
        financial_income=Decimal(10), commissions=Decimal(20), other_charges=Decimal(30), profit_sharing=Decimal(5),
        reinsurance_balance=Decimal(-5),
    )  # fmt: skip
    assert whole.result == Decimal(220)


def test_periods_are_whole_when_no_day_is_missing() -> None:
    def day(month: int, number: int) -> datetime.date:
        return datetime.date(2025, month, number)

    assert are_whole([(day(7, 1), day(12, 31)), (day(1, 1), day(6, 30))], day(1, 1), day(12, 31))
    assert not are_whole([(day(1, 1), day(5, 31)), (day(7, 1), day(12, 31))], day(1, 1), day(12, 31))
    assert not are_whole([], day(1, 1), day(12, 31))


@pytest.mark.parametrize(("came", "may"), [(0, True), (1, False), (9, False), (10, True)])
def test_two_years_are_compared_when_nobody_or_ten_persons_moved(came: int, may: bool) -> None:
    assert may_be_compared(range(50), range(50 + came)) is may
