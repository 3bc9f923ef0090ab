"""Whom the demo's accounts stand for, in the portfolio that is loaded."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from employers.companies.models import Company, GroupContract
from members.coverage.models import Cover
from members.households.models import Person
from members.populate.cast import PERSONS
from portals.access.models import Basis, CompanyRole, DelegateRole
from portals.accounts.models import Space
from portals.gestion.roles import Role
from providers.agreements.models import Agreement, Professional

COMPANIES_NEEDED = 2
"""That of the administrator, and another one: both are clients of the filing agent."""

ALSO = {"agent": (Role.BENEFITS.value,)}
"""Roles that a member of staff holds beside their own: the demo's agent also answers requests about care."""

MEMBER_NOTES = {
    "member": "Famille, cinq années d’historique",
    "member-other": "Un autre foyer",
    "dependant-adult": "Conjoint de l’adhérente du premier foyer",
    "dependant-minor": "Leur fille de 17 ans, qui choisit qui voit ses soins",
    "member-new": "Jamais connectée\u00a0: mot de passe provisoire, CGU à accepter",
    "member-terminated": "Contrat terminé, encore dans les deux ans",
    "member-suspended": "Espace suspendu par la mutuelle",
}
STAFF = {
    "dpo": (Role.DPO, "Hélène Marzin", "Déléguée à la protection des données"),
    "agent": (Role.AGENT, "Karim Le Bihan", "Gestionnaire"),
    "medical-adviser": (Role.MEDICAL_ADVISER, "Dr\u00a0Odile Kervella", "Médecin-conseil"),
    "medical-assistant": (Role.MEDICAL_ASSISTANT, "Anaïs Corlay", "Assistante du médecin-conseil"),
    "security-officer": (Role.SECURITY, "Ronan Salaün", "Responsable de la sécurité"),
    "fraud-investigator": (Role.FRAUD, "Loïc Troadec", "Enquêteur fraude"),
    "vigilance-officer": (Role.VIGILANCE, "Yann Le Floch", "Responsable LCB-FT"),
    "communication": (Role.COMMUNICATION, "Maud Le Corre", "Chargée de communication"),
    "data-officer": (Role.DATA, "Solenn Abgrall", "Responsable des données"),
    "risk-officer": (Role.RISK, "Yann Quéméner", "Risques et conformité"),
    "auditor": (Role.AUDITOR, "Paule Guéguen", "Auditrice, lecture seule"),
}


@dataclass(frozen=True)
class Seat:
    """What an account's own grant gives."""

    basis: Basis
    tenant_id: int
    subject_id: int
    role: str = ""
    ended_on: datetime.date | None = None


@dataclass(frozen=True)
class Part:
    """A role of the demo. Without a seat, what it may do is given to it afterwards (`opening`).

    `never_signed_in`: temporary password, terms not accepted. `has_factor`: an application of codes is registered.
    `allowed_by`: the parent who allows a minor to open an account (CGU-2.10).
    """

    role: str
    space: Space
    email: str
    display_name: str
    note: str
    seat: Seat | None = None
    organisation_name: str = ""
    staff_role: Role | None = None
    never_signed_in: bool = False
    has_factor: bool = True
    allowed_by: str = ""


def parts() -> Iterator[Part]:
    """Every role that the portfolio has somebody for, in the order in which they depend on one another."""
    yield from _staff()
    yield from _members()
    yield from _companies()
    yield from _professionals()


def protected_persons() -> list[Person]:
    """The two persons whom the guardian represents."""
    references = [PERSONS["protected-1"], PERSONS["protected-2"]]
    return list(Person.objects.filter(person_ref__in=references).order_by("person_ref"))


def companies() -> list[Company]:
    """The companies of the demo: the administrator’s, and another."""
    running = GroupContract.objects.filter(end_date=None).select_related("company").order_by("company_id", "id")
    return list({contract.company_id: contract.company for contract in running}.values())[:COMPANIES_NEEDED]


def _staff() -> Iterator[Part]:
    for role, (group, name, note) in STAFF.items():
        yield Part(role, Space.STAFF, f"{role}@example.org", name, note, staff_role=group)


def _members() -> Iterator[Part]:
    persons = {person.person_ref: person for person in Person.objects.filter(person_ref__in=PERSONS.values())}
    for role, note in MEMBER_NOTES.items():
        if person := persons.get(PERSONS[role]):
            yield Part(
                role=role,
                space=Space.MEMBER,
                email=person.email,
                display_name=f"{person.given_names.split()[0]} {person.family_name}",
                note=note,
                seat=Seat(Basis.COVER, person.household_id, person.pk, ended_on=_last_day(person)),
                never_signed_in=role == "member-new",
                allowed_by=_parent_of(person) if role == "dependant-minor" else "",
                has_factor=False,
            )
    if protected_persons():
        yield Part(
            role="guardian",
            space=Space.MEMBER,
            email="tutrice@example.org",
            display_name="Maëlle Tanguy",
            note="Tutrice de deux personnes protégées",
        )


def _companies() -> Iterator[Part]:
    seats = [
        ("employer-admin", 0, CompanyRole.ADMINISTRATOR, "Nadia Robin", "Administratrice de l’espace d’une entreprise"),
        ("employer-accountant", 0, CompanyRole.ACCOUNTANT, "Gaël Prigent", "Comptable de la même entreprise"),
        ("employer-other", 1, CompanyRole.ADMINISTRATOR, "Hugo Lemaire", "Une autre entreprise"),
    ]
    known = companies()
    for role, rank, company_role, name, note in seats:
        if rank < len(known):
            company = known[rank]
            yield Part(
                role=role,
                space=Space.EMPLOYER,
                email=company.email if company_role == CompanyRole.ADMINISTRATOR else f"{role}@example.org",
                display_name=name,
                organisation_name=company.name,
                note=note,
                seat=Seat(Basis.GROUP_CONTRACT, company.pk, company.pk, role=company_role),
            )
    if len(known) == COMPANIES_NEEDED:
        yield Part(
            role="filing-agent",
            space=Space.EMPLOYER,
            email="tiers.declarant@example.org",
            display_name="Sterenn Cadiou",
            organisation_name="Cabinet Cadiou",
            note="Tiers déclarant de deux entreprises clientes",
        )


def _professionals() -> Iterator[Part]:
    today = timezone.localdate()
    agreements = Agreement.objects.select_related("professional").order_by("id")
    running = list(agreements.filter(end_date=None)[:2])
    ended = agreements.filter(end_date__lt=today, end_date__gte=today - datetime.timedelta(days=700)).first()
    found = [*zip(("provider", "provider-other"), running, strict=False), ("provider-terminated", ended)]
    notes = {
        "provider": "Professionnel conventionné",
        "provider-other": "Un confrère",
        "provider-terminated": "Convention terminée, encore dans les deux ans",
    }
    for role, agreement in found:
        if agreement is None:
            continue
        professional = agreement.professional
        yield Part(
            role=role,
            space=Space.PROFESSIONAL,
            email=agreement.email,
            display_name=_name_of(professional),
            organisation_name=professional.practice_name or _name_of(professional),
            note=notes[role],
            seat=Seat(Basis.AGREEMENT, professional.pk, professional.pk, ended_on=agreement.end_date),
        )
    if running:
        practice = running[0].professional
        yield Part(
            role="provider-secretary",
            space=Space.PROFESSIONAL,
            email="secretariat.cabinet@example.org",
            display_name="Enora Le Bris",
            organisation_name=practice.practice_name or _name_of(practice),
            note="Secrétaire du premier professionnel, factures et versements seulement",
            seat=Seat(Basis.AGREEMENT, practice.pk, practice.pk, role=DelegateRole.INVOICES),
        )


def _name_of(professional: Professional) -> str:
    return f"{professional.given_name} {professional.family_name}".strip()


def _parent_of(person: Person) -> str:
    """The name of the member of the household."""
    holder = Person.objects.filter(household=person.household_id, role="member").order_by("rank")[0]
    return f"{holder.given_names} {holder.family_name}"


def _last_day(person: Person) -> datetime.date | None:
    """The last day of cover, when none runs any more."""
    covers = Cover.objects.filter(person=person)
    if covers.running_on(timezone.localdate()).exists():
        return None
    last: datetime.date | None = covers.aggregate(last=Max("end_date"))["last"]
    return last
