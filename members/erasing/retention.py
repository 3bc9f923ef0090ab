"""How long the member space keeps what it holds: five years after the cover, and less for what serves less."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from members.beneficiaries.planned import KEPT as BENEFICIARY_DRAFTS_KEPT
from members.beneficiaries.words import State as BeneficiaryState
from members.coverage.models import Cover, Policy
from members.erasing.reaches import ERASED
from members.households.models import Person, Role
from members.quotes.actions import KEPT_MONTHS
from members.quotes.requests.models import State as RequestState
from members.quotes.requests.rules import DRAFT_DAYS
from members.representation.drafts import KEPT as REPRESENTATION_DRAFTS_KEPT
from members.representation.models import State as RepresentationState
from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from portals.dates import months_after
from portals.declarations import Purpose
from portals.presentation.formats import local_date
from privacy.erasure.registry import Target
from privacy.erasure.rules import Relation
from privacy.retention.registry import NightlyRule, RowRule, SubjectRule, register
from privacy.retention.rules import NO_DELAY, Delay
from privacy.retention.sources import (
    CARE_DOCUMENTS,
    CONTRACT_PRESCRIPTION,
    FIVE_YEARS,
    MINIMISED,
    PRESCRIPTION,
    TWO_YEARS,
)  # fmt: skip

TOGETHER, ALONE = False, True


def covered_until(last: datetime.date, using: str) -> QuerySet[Person]:
    """Persons whose every cover had ended by this day, save whoever still holds the contract of others."""
    covers = Cover.objects.using(using).filter(person_id=OuterRef("pk"))
    policies = Policy.objects.using(using).filter(household_id=OuterRef("household_id"))
    goes_on = Q(end_date=None) | Q(end_date__gt=last)
    rows = Person.objects.using(using).exclude(person_ref__startswith=ERASED)
    rows = rows.filter(Exists(covers), ~Exists(covers.filter(goes_on)))
    return rows.exclude(Q(role=Role.MEMBER) & Exists(policies.filter(goes_on)))


def targets(keys: Sequence[Any], using: str) -> list[Target]:
    """These persons, in two lots: those with whom their household goes, and the others."""
    persons = Person.objects.using(using).filter(pk__in=keys)
    households = dict(persons.values_list("pk", "household_id"))
    others = Person.objects.using(using).filter(household_id__in=set(households.values())).exclude(pk__in=keys)
    inhabited = set(others.exclude(person_ref__startswith=ERASED).values_list("household_id", flat=True))
    lots: dict[bool, list[int]] = {ALONE: [], TOGETHER: []}
    for person, household in sorted(households.items()):
        lots[household not in inhabited].append(person)
    return [
        Target(
            space=Space.MEMBER,
            subject_id=lot[0],
            subject_ids=tuple(lot),
            tenant_id=households[lot[0]],
            tenant_ids=tuple(sorted({households[person] for person in lot})),
            accounts=_accounts(lot, using),
            is_alone=is_alone,
        )
        for is_alone, lot in lots.items()
        if lot
    ]


def _accounts(persons: Sequence[int], using: str) -> tuple[int, ...]:
    """The accounts that are these persons' own, and nobody else's."""
    own = Grant.objects.using(using).filter(space=Space.MEMBER, basis=Basis.COVER)
    others = own.exclude(subject_id__in=persons).filter(account_id=OuterRef("account_id"))
    rows = own.filter(~Exists(others), subject_id__in=persons)
    return tuple(sorted(set(rows.values_list("account_id", flat=True))))


register(
    SubjectRule(
        code="members.covers", label="Contrat, remboursements et documents", purpose=Purpose.CONTRACT,
        source=CONTRACT_PRESCRIPTION, delay=FIVE_YEARS, after="la fin de la couverture", model="members.Person",
        space=Space.MEMBER, rows=covered_until, targets=targets, relation=lambda last, _day: Relation(ended_on=last),
        archived_after=TWO_YEARS,
        samples=(
            Target(space=Space.MEMBER, subject_id=1, tenant_id=1, accounts=(1,), is_alone=True, is_over=True),
        ),
    ),
    RowRule(
        code="members.representations", label="Représentations terminées ou refusées", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="leur fin", model="members.Representation",
        where=Q(state__in=[RepresentationState.ENDED, RepresentationState.REFUSED]),
        counted=Coalesce("ended_at", "decided_at"),
    ),
    RowRule(
        code="members.contact_changes", label="Changements de coordonnées", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="le changement", model="members.ContactChange", counted="changed_at",
    ),
    RowRule(
        code="members.rights_looks", label="Vérifications de vos droits au comptoir", purpose=Purpose.RIGHTS_LOOKUP,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la vérification", model="members.RightsLook", counted="at",
    ),
)  # fmt: skip
register(
    NightlyRule(
        code="members.care_documents", label="Pièces des devis et prises en charge", purpose=Purpose.PRIOR_AGREEMENT,
        source=CARE_DOCUMENTS, delay=NO_DELAY, after="le jour annoncé, 60\u00a0jours après la décision",
        model="members.CareRequest", schedule="care_requests", empties=True,
        waiting=lambda at: Q(documents_until__lt=local_date(at), forgotten_at=None),
    ),
    NightlyRule(
        code="members.care_drafts", label="Devis et prises en charge jamais envoyés", purpose=Purpose.PRIOR_AGREEMENT,
        source=MINIMISED, delay=Delay(days=DRAFT_DAYS), after="le début du brouillon", model="members.CareRequest",
        schedule="care_requests",
        waiting=lambda at: Q(state=RequestState.DRAFT, created_at__lt=at - datetime.timedelta(days=DRAFT_DAYS)),
    ),
    NightlyRule(
        code="members.simulations", label="Simulations de remboursement", purpose=Purpose.PORTAL, source=MINIMISED,
        delay=Delay(months=KEPT_MONTHS), after="le mois de leur dernier jour", model="members.Simulation",
        schedule="quotes.simulations",
        waiting=lambda at: Q(valid_until__lt=months_after(local_date(at).replace(day=1), -KEPT_MONTHS)),
    ),
    NightlyRule(
        code="members.representation_drafts", label="Demandes de représentation jamais envoyées",
        purpose=Purpose.PORTAL, source=MINIMISED, delay=Delay(days=REPRESENTATION_DRAFTS_KEPT.days),
        after="le début du brouillon", model="members.Representation", schedule="representation.drafts",
        waiting=lambda at: Q(state=RepresentationState.DRAFT, created_at__lt=at - REPRESENTATION_DRAFTS_KEPT),
    ),
    NightlyRule(
        code="members.beneficiary_drafts", label="Demandes de rattachement jamais envoyées", purpose=Purpose.CONTRACT,
        source=MINIMISED, delay=Delay(days=BENEFICIARY_DRAFTS_KEPT.days), after="le dernier enregistrement",
        model="members.BeneficiaryRequest", schedule="beneficiaries.drafts",
        waiting=lambda at: Q(state=BeneficiaryState.DRAFT, saved_at__lt=at - BENEFICIARY_DRAFTS_KEPT),
    ),
)  # fmt: skip
