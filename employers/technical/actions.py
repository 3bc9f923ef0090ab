"""Drawing up the accounts of a company, completing them, publishing them. Once published, they never change."""

import datetime
import secrets
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from employers.companies.models import Company, GroupContract
from employers.technical.drawing import Before, Drawn, draw
from employers.technical.models import TechnicalAccount, TechnicalLine
from employers.technical.notices import tell_readers
from employers.technical.reading import Called, called_of, contracts_of, people_of
from employers.technical.rules import ENTERED, Covered
from members.benefits.models import ActFamily
from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.anonymity.parts import nearest
from portals.declarations import Purpose
from privacy import register
from privacy.audit import record

BUILD, PUBLISH = "employer.technical_accounts.build", "employer.technical_accounts.publish"


class YearNotOver(Exception):
    """An account is drawn up once its year is over."""


class AlreadyPublished(Exception):
    """A published account never changes."""


class NothingToPublish(Exception):
    """The company has no draft for this year."""


def build(*, company_id: int, year: int, by: Account | None) -> int:
    """Draw up the accounts of a company for a year, again where they are drafts; returns how many.

    Raises YearNotOver, and register.NotRunning while the processing is off. What staff entered on a draft is kept.
    Published accounts stay as they are. Some ten queries, whatever the company.
    """
    if year >= timezone.localdate().year:
        raise YearNotOver(str(year))
    register.demand(Purpose.STATISTICS)
    with isolation.system():
        Company.objects.select_for_update().get(pk=company_id)  # one at a time
        published = TechnicalAccount.objects.filter(year=year, published_at__isnull=False)
        contracts = contracts_of(company_id, year)
        done = set(published.filter(contract__in=contracts).values_list("contract_id", flat=True))
        contracts = [contract for contract in contracts if contract.pk not in done]
        _write(company_id, contracts, year)
        details = {"company": company_id, "accounts": len(contracts)}
        record("technical_accounts.built", by=by, object_kind="year", object_id=year, details=details)
    return len(contracts)


def _write(company_id: int, contracts: list[GroupContract], year: int) -> None:
    drafts = TechnicalAccount.objects.filter(year=year, published_at=None)
    (drafts.filter(company=company_id) | drafts.filter(contract__in=contracts)).exclude(
        contract__in=contracts, company=company_id
    ).delete()
    entered = {draft.contract_id: draft for draft in drafts.filter(company=company_id)}
    TechnicalLine.objects.filter(account__in=entered.values()).delete()
    people, called = people_of(contracts, year), called_of(contracts, year)
    before = _before(contracts, year - 1)
    families = dict(ActFamily.objects.order_by("position", "code").values_list("code", "label"))
    for contract in contracts:
        account = entered.get(contract.pk) or TechnicalAccount(contract=contract, company_id=company_id, year=year)
        drawn = draw(people.get(contract.contract_number, []), families, before.get(contract.pk))
        _fill(account, drawn, called.get(contract.pk, Called()))
        account.save()
        TechnicalLine.objects.bulk_create(_rows(account, drawn))


def _before(contracts: Iterable[GroupContract], year: int) -> dict[int, Before]:
    """The accounts published for a year, by contract, with the people whom they were drawn from."""
    published = TechnicalAccount.objects.filter(contract__in=contracts, year=year, published_at__isnull=False)
    accounts = list(published.select_related("contract").prefetch_related("lines"))
    if not accounts:
        return {}
    people: dict[str, list[Covered]] = people_of([account.contract for account in accounts], year)
    return {
        account.contract_id: Before(
            people.get(account.contract.contract_number, []),
            account.benefits,
            {(line.table, line.code): line.amount for line in account.lines.all() if line.amount is not None},
        )
        for account in accounts
    }


def _fill(account: TechnicalAccount, drawn: Drawn, called: Called) -> None:
    account.level = drawn.level.value
    account.headcount = called.headcount
    account.contributions = None if called.contributions is None else nearest(called.contributions)
    account.benefits, account.variation = drawn.benefits, drawn.variation
    account.built_at = timezone.now()


def _rows(account: TechnicalAccount, drawn: Drawn) -> list[TechnicalLine]:
    return [
        TechnicalLine(
            account=account, company_id=account.company_id, table=line.table.value, position=position, code=line.code,
            label=line.label, is_rest=line.is_rest, amount=line.amount, variation=line.variation,
        )
        for position, line in enumerate(drawn.lines)
    ]  # fmt: skip


@transaction.atomic
def complete(*, by: Account, account: TechnicalAccount, entered: dict[str, Decimal | None]) -> None:
    """Enter the lines of the decree that only staff know, to the nearest ten euros. Raises AlreadyPublished."""
    with isolation.system():
        held = TechnicalAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if held.published_at is not None:
            raise AlreadyPublished
        changed = [name for name in ENTERED if name in entered]
        for name in changed:
            euros = entered[name]
            setattr(held, name, None if euros is None else nearest(euros))
        held.save(update_fields=changed)
        record("technical_account.completed", by=by, object_kind="technical_account", object_id=held.pk)


@transaction.atomic
def publish(*, company_id: int, year: int, by: Account | None) -> int:
    """Publish the drafts of a company for a year, and tell those who may read them. Raises NothingToPublish."""
    with isolation.system():
        drafts = TechnicalAccount.objects.filter(company=company_id, year=year, published_at=None)
        count = drafts.update(published_at=timezone.now())
        if not count:
            raise NothingToPublish
        tell_readers(company_id, year)
        details = {"company": company_id, "accounts": count}
        record("technical_accounts.published", by=by, object_kind="year", object_id=year, details=details)
    return count


def promise_builds(year: int) -> None:
    """One job for each company that had a contract in the year."""
    with isolation.system():
        began = GroupContract.objects.filter(start_date__lte=datetime.date(year, 12, 31))
        ran = began.exclude(end_date__lt=datetime.date(year, 1, 1))
        companies = list(ran.order_by("company").values_list("company", flat=True).distinct())
    _promise(BUILD, companies, year)


def promise_publications(year: int) -> None:
    """One job for each company that has a draft for the year."""
    with isolation.system():
        drafts = TechnicalAccount.objects.filter(year=year, published_at=None)
        companies = list(drafts.order_by("company").values_list("company", flat=True).distinct())
    _promise(PUBLISH, companies, year)


def ask_again(*, by: Account, company_id: int, year: int) -> None:
    """Staff want the drafts of a company drawn up anew: somebody waits for it. Raises register.NotRunning."""
    register.demand(Purpose.STATISTICS)
    key = f"{year}-{company_id}-{secrets.token_hex(8)}"
    jobs.enqueue(BUILD, key=key, subject_id=company_id, priority=jobs.Priority.ASKED)
    record("technical_accounts.asked", by=by, object_kind="year", object_id=year, details={"company": company_id})


def _promise(kind: str, companies: list[int], year: int) -> None:
    jobs.enqueue_all(kind, [(f"{year}-{company}", company) for company in companies], priority=jobs.Priority.BATCH)


@jobs.handler(BUILD)
def build_for(job: jobs.Job) -> None:
    """The key begins with the year. Nothing is drawn up while this sensitive processing is off (PDP-4.9)."""
    if register.may_run(Purpose.STATISTICS):
        build(company_id=job.subject_id, year=int(job.key.split("-")[0]), by=None)


@jobs.handler(PUBLISH)
def publish_for(job: jobs.Job) -> None:
    """Nothing to do when staff published in the meantime."""
    try:
        publish(company_id=job.subject_id, year=int(job.key.split("-")[0]), by=None)
    except NothingToPublish:
        return
