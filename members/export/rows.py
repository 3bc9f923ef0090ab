"""What the data package tells of a member, field by field: the person, and the minors whose care they read.

Everything is read from the point of view of the grant, as the pages are. What reaches somebody else (address, number,
bank account, NIR) is told to that person only.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from members.beneficiaries.models import BeneficiaryRequest, KeptChild, LimitNotice, RequestStep
from members.beneficiaries.sealing import answers_of
from members.benefits.differences.models import AmountDifference
from members.benefits.models import BenefitLine
from members.card.models import Card
from members.contributions.models import ContributionTerm, Instalment
from members.contributions.queries import policies_paid_by
from members.coordinates.models import ContactChange
from members.coverage.models import Cover, Policy
from members.households.choices.models import CareChoice, ParentalAuthority
from members.households.feeds import IBAN_PLACE, NIR_PLACE
from members.households.models import Household, Person
from members.households.queries import viewpoint_by
from members.households.rules import Viewpoint
from members.noemie.models import NoemieLink
from members.portability.models import IndividualOffer, Portability, UnemploymentProof
from members.quotes.models import Simulation
from members.quotes.queries import visible
from members.quotes.requests.models import CareRequest
from members.quotes.requests.sealing import answer_of, content_of
from members.representation.models import Representation
from members.rights.models import RightsLook
from members.rights.queries import looks_seen
from members.statements.contents import filename_of
from members.statements.models import Statement, StatementDelivery
from members.statements.queries import statements_of
from members.termination.models import Termination
from members.termination.queries import terminations_of
from portals.accounts.export.registry import Scope, Told, register_rows
from portals.accounts.export.telling import columns_of
from portals.accounts.models import Space
from portals.banking.models import BankChange
from portals.banking.queries import history_of
from portals.declarations import Sensitivity
from portals.documents.models import StoredFile
from portals.secrets import unseal

OWN = {Sensitivity.CONTACT, Sensitivity.BANKING}
NIR = {"nir_sealed", "nir_index"}

type Rows = "QuerySet[Any]"


def view_of(scope: Scope) -> Viewpoint | None:
    """None when the person has left the household: their own grant tells the rest."""

    def read() -> Viewpoint | None:
        try:
            return viewpoint_by(scope.grant, day=timezone.localdate())
        except Person.DoesNotExist:
            return None

    return scope.once("viewpoint", read)


def seen(model: type[models.Model], rows: Callable[[Viewpoint], Rows]) -> Callable[[Scope], Rows]:
    """The rows that a point of view gives; none without one."""

    def read(scope: Scope) -> Rows:
        view = view_of(scope)
        return model._default_manager.none() if view is None else rows(view)

    return read


def by_person(model: type[models.Model], name: str = "person") -> Callable[[Scope], Rows]:
    """The rows of those whose care is read."""
    return seen(
        model,
        lambda view: model._default_manager.filter(household=view.household_id, **{f"{name}__in": view.seen_ids}),
    )


def own(model: type[models.Model], name: str = "person") -> Callable[[Scope], Rows]:
    """The rows of the person alone."""
    return seen(
        model,
        lambda view: model._default_manager.filter(household=view.household_id, **{name: view.viewer.id}),
    )


def _spared(scope: Scope, row: Any) -> Collection[str]:
    """What is told of somebody else than the viewer: who they are, not what reaches them."""
    view = view_of(scope)
    if view is not None and getattr(row, "pgh_obj_id", row.pk) == view.viewer.id:
        return ()
    model: type[models.Model] = type(row)
    return {column.name for column in columns_of(model) if column.kind.sensitivity in OWN} | NIR


def _nir(person: Person) -> str | None:
    return unseal(f"person:{person.person_ref}", NIR_PLACE, person.nir_sealed) if person.nir_sealed else None


def _iban(person: Person) -> str | None:
    return unseal(f"person:{person.person_ref}", IBAN_PLACE, person.iban_sealed) if person.iban_sealed else None


def _policies(view: Viewpoint) -> Rows:
    return Policy.objects.filter(
        household_id=view.household_id, covers__in=Cover.objects.filter(person__in=view.seen_ids)
    ).distinct()


def _differences(view: Viewpoint) -> Rows:
    lines = BenefitLine.objects.filter(household_id=view.household_id, person_id__in=view.seen_ids)
    return AmountDifference.objects.filter(household_id=view.household_id, benefit_ref__in=lines.values("benefit_ref"))


def _cards(view: Viewpoint) -> Rows:
    """Those in the name of the persons read; the whole family's is the member's."""
    cards = Q(person__in=view.seen_ids)
    if view.is_holder and not view.is_represented:
        cards |= Q(person=None)
    return Card.objects.filter(cards, household_id=view.household_id)


def _choices(view: Viewpoint) -> Rows:
    """What a minor shows to whom is the minor's own, and no representative's."""
    return CareChoice.objects.none() if view.is_represented else CareChoice.objects.filter(person=view.viewer.id)


def _statement_files(view: Viewpoint) -> Rows:
    files = statements_of(view).exclude(file=None).order_by().values("file")
    return StoredFile.objects.filter(pk__in=files).select_related("statement")


register_rows(
    Space.MEMBER,
    Told(
        Person, "Personnes",
        seen(Person, lambda view: Person.objects.filter(household_id=view.household_id, pk__in=view.seen_ids)),
        reads={"nir_sealed": _nir, "iban_sealed": _iban}, spares=_spared,
    ),
    Told(Household, "Numéro d’adhérent", seen(Household, lambda view: Household.objects.filter(pk=view.household_id))),
    Told(Policy, "Contrats", seen(Policy, _policies)),
    Told(Cover, "Périodes de couverture", by_person(Cover)),
    Told(BenefitLine, "Soins remboursés", by_person(BenefitLine)),
    Told(AmountDifference, "Montants recalculés", seen(AmountDifference, _differences)),
    Told(Statement, "Relevés", seen(Statement, lambda view: Statement.objects.filter(pk__in=statements_of(view).values("pk")))),
    Told(
        StoredFile, "Fichiers des relevés", seen(StoredFile, _statement_files),
        reads={"file": lambda stored: f"relevés/{filename_of(stored.statement.period)}"},
    ),
    Told(StatementDelivery, "Envoi des relevés", own(StatementDelivery)),
    Told(Card, "Cartes de tiers payant", seen(Card, _cards)),
    Told(RightsLook, "Vérifications de droits", seen(RightsLook, looks_seen)),
    Told(NoemieLink, "Télétransmission", by_person(NoemieLink)),
    Told(
        ContributionTerm, "Cotisations",
        seen(ContributionTerm, lambda view: ContributionTerm.objects.filter(policy__in=policies_paid_by(view))),
    ),
    Told(Instalment, "Échéances", seen(Instalment, lambda view: Instalment.objects.filter(policy__in=policies_paid_by(view)))),
    Told(ContactChange, "Changements de coordonnées", own(ContactChange)),
    Told(
        BankChange, "Changements de compte bancaire",
        seen(BankChange, lambda view: history_of(Space.MEMBER, view.viewer.id)),
    ),
    Told(Simulation, "Simulations", seen(Simulation, visible)),
    Told(
        CareRequest, "Devis et accords préalables", by_person(CareRequest),
        reads={"content_sealed": content_of, "answer_sealed": answer_of},
    ),
    Told(
        BeneficiaryRequest, "Demandes sur les bénéficiaires", own(BeneficiaryRequest, "asked_for"),
        reads={"answers_sealed": answers_of},
    ),
    Told(
        RequestStep, "Étapes de ces demandes",
        seen(RequestStep, lambda view: RequestStep.objects.filter(request__asked_for=view.viewer.id)),
    ),
    Told(KeptChild, "Enfants maintenus", by_person(KeptChild)),
    Told(LimitNotice, "Annonces de limite d’âge", by_person(LimitNotice)),
    Told(Representation, "Représentations", by_person(Representation)),
    Told(CareChoice, "Choix de montrer ses soins", seen(CareChoice, _choices)),
    Told(ParentalAuthority, "Autorité parentale", by_person(ParentalAuthority, "child")),
    Told(Portability, "Portabilités", own(Portability)),
    Told(
        UnemploymentProof, "Justificatifs de chômage",
        seen(UnemploymentProof, lambda view: UnemploymentProof.objects.filter(portability__person=view.viewer.id)),
    ),
    Told(IndividualOffer, "Offres de contrat individuel", own(IndividualOffer)),
    Told(
        Termination, "Résiliations",
        seen(Termination, lambda view: Termination.objects.filter(pk__in=terminations_of(view).values("pk"))),
    ),
)  # fmt: skip
