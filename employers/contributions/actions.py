"""Disputing a line: a complaint that begins with what the line says, and a mark on the line for the whole company."""

from django.db import transaction

from employers.contributions.models import ContributionLine, LineDispute, Structure
from employers.contributions.rules import period_words, rate_words
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence.actions import write
from portals.correspondence.models import Kind
from portals.documents.uploads import CleanFile
from portals.presentation.formats import NBSP, euros
from privacy.audit import record

TOPIC = "money"


class AlreadyDisputed(Exception):
    """A line is disputed once: what comes after is added to the complaint."""


@transaction.atomic
def dispute(*, by: Account, grant: Grant, line: ContributionLine, text: str, files: list[CleanFile]) -> LineDispute:
    """Send the complaint, in the name of the company. Raises AlreadyDisputed."""
    held = ContributionLine.objects.select_for_update(of=("self",)).select_related("slip__contract").get(pk=line.pk)
    if LineDispute.objects.filter(line=held).exists():
        raise AlreadyDisputed
    thread = write(
        by=by, kind=Kind.COMPLAINT, topic=TOPIC, text=f"{reference_of(held)}\n\n{text}", grant=grant, files=files,
        forget_draft=False,
    )  # fmt: skip
    disputed = LineDispute.objects.create(
        line=held, company_id=held.company_id, opened_by=by, thread_number=thread.number
    )
    record(
        "slip_line.disputed", by=by, object_kind="contribution_line", object_id=held.pk, details={"thread": thread.pk}
    )
    return disputed


def reference_of(line: ContributionLine) -> str:
    """How the complaint names the line: its slip, its period, and what it reckons."""
    slip = line.slip
    return (
        f"Bordereau n°{NBSP}{slip.slip_number}, contrat n°{NBSP}{slip.contract.contract_number}, "
        f"{period_words(slip.period_start, slip.period_end)}. Ligne{NBSP}{line.line}{NBSP}: {line.population}, "
        f"{Structure(line.structure).label.lower()}, effectif{NBSP}{line.headcount}, assiette {euros(line.base)}, "
        f"taux {rate_words(line.rate)}, montant {euros(line.amount)}."
    )
