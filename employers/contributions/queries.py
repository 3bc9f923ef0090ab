"""Reads about slips, in the company's own context. A company has a few dozen slips a year: they are read together."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from django.db.models import Sum

from employers.contributions.models import ContributionLine, ContributionSlip, LineDispute
from employers.contributions.rules import Sheet


def sheets_of(company_id: int) -> list[Sheet]:
    """Every slip of a company with its total, the latest period first. Two queries."""
    slips = (
        ContributionSlip.objects.filter(company=company_id)
        .select_related("contract")
        .order_by("-period_end", "contract__contract_number", "-pk")
    )
    summed = ContributionLine.objects.filter(company=company_id).order_by().values_list("slip")
    totals: dict[int, Decimal] = dict(summed.annotate(total=Sum("amount")))
    return _followed(list(slips), totals)


def _followed(slips: list[ContributionSlip], totals: dict[int, Decimal]) -> list[Sheet]:
    """Each slip beside the one that comes next for its contract."""
    by_contract: dict[int, list[ContributionSlip]] = defaultdict(list)
    for slip in slips:
        by_contract[slip.contract_id].append(slip)
    following: dict[int, ContributionSlip] = {}
    for of_contract in by_contract.values():
        ordered = sorted(of_contract, key=lambda slip: (slip.period_start, slip.pk))
        following |= {slip.pk: later for slip, later in pairwise(ordered)}
    return [Sheet(slip, totals.get(slip.pk, Decimal(0)), following.get(slip.pk)) for slip in slips]


def lines_of(slip: ContributionSlip) -> list[ContributionLine]:
    """The lines of a slip, in its order."""
    return list(slip.lines.order_by("line"))


def line_of(company_id: int, slip_number: str, line: int) -> ContributionLine | None:
    """One line with its slip and its contract; None for another company's as for one that never was."""
    lines = ContributionLine.objects.filter(company=company_id, slip__slip_number=slip_number, line=line)
    return lines.select_related("slip__contract").first()


def corrections_of(slip: ContributionSlip) -> list[ContributionLine]:
    """The lines of other slips of the contract that correct the period of this one, with their slips."""
    lines = ContributionLine.objects.filter(
        company=slip.company_id, slip__contract=slip.contract_id,
        adjusts_period__range=(slip.period_start, slip.period_end),
    )  # fmt: skip
    return list(lines.select_related("slip").order_by("slip__period_start", "slip_id", "line"))


def disputes_of(lines: Iterable[ContributionLine]) -> dict[int, LineDispute]:
    """The disputes of some lines, by line."""
    disputes = LineDispute.objects.filter(line__in=[line.pk for line in lines]).select_related("opened_by")
    return {dispute.line_id: dispute for dispute in disputes}
