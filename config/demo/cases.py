"""The files of the demo: one on a fraud, one flag of vigilance, a communication that waits, one that the member reads."""

import datetime

from django.db import transaction
from django.utils import timezone

from config.demo.accounts.credentials import identifier_of
from members.households.models import Person
from members.populate.cast import PERSONS
from portals.access import isolation
from portals.accounts.models import Account
from privacy.disclosures.actions import Asked, approve, hand_over, prepare, produce
from privacy.disclosures.models import Authority, Disclosure, Ground, Means
from privacy.investigations.actions import add_note, add_subject, open_case
from privacy.investigations.finding import Found
from privacy.investigations.holding import hold
from privacy.investigations.models import Investigation, Kind, Origin
from privacy.investigations.screening.importing import import_list
from privacy.investigations.screening.models import FreezeList
from privacy.investigations.screening.running import screen
from privacy.investigations.walls import OVERSIGHT, inside

FACTS = "Trois factures d’optique du même montant, envoyées par deux voies en six semaines."
SEIZED = datetime.timedelta(days=9)
LIST = (
    "numero;nature;nom;prenoms;naissance;mesure\n"
    "D-1;personne physique;{family_name};{given_names};{year};Règlement de démonstration\n"
    "D-2;personne physique;Exemple;Fictif;1950;Règlement de démonstration\n"
)


def fill_cases() -> bool:
    """Write them once; says whether they were missing."""
    people = {
        role: Account.objects.filter(identifier=identifier_of(role)).first()
        for role in ("dpo", "fraud-investigator", "vigilance-officer")
    }
    dpo, investigator, officer = people["dpo"], people["fraud-investigator"], people["vigilance-officer"]
    with isolation.system():
        persons = {role: Person.objects.filter(person_ref=PERSONS[role]).first() for role in ("member", "member-other")}
    member, other = persons["member"], persons["member-other"]
    with inside(*Kind.values):
        is_there = Investigation.objects.exists() or FreezeList.objects.exists()
    if not (dpo and investigator and officer and member and other) or is_there:
        return False
    with transaction.atomic():
        _fraud(investigator, other)
        _communications(investigator, dpo, member, other)
        _vigilance(officer, other)
    return True


def _fraud(investigator: Account, person: Person) -> None:
    today = timezone.localdate()
    with inside(Kind.FRAUD):
        case = open_case(by=investigator, kind=Kind.FRAUD, origin=Origin.STAFF, facts=FACTS)
        add_subject(by=investigator, case=case, found=_found(person))
        add_note(by=investigator, case=case, words="L’opticien confirme une seule livraison.")
        hold(by=investigator, case=case, until=today + datetime.timedelta(days=50), words="Le temps de l’instruction.")


def _communications(investigator: Account, dpo: Account, member: Person, other: Person) -> None:
    with inside(Kind.FRAUD):
        told = _asked(
            investigator, member, authority=Authority.SOCIAL, name="Urssaf Pays de la Loire",
            ground=Ground.SOCIAL_RIGHT, reference="DC-2026-118",
        )  # fmt: skip
        _asked(
            investigator, other, authority=Authority.JUSTICE, name="Tribunal judiciaire de Nantes",
            ground=Ground.REQUISITION, reference="PV 2026/0417",
        )  # fmt: skip
    with inside(OVERSIGHT):
        approve(by=dpo, disclosure=told)
    with inside(Kind.FRAUD):
        produce(by=investigator, disclosure=told)
        hand_over(
            by=investigator, disclosure=told, sent_on=timezone.localdate(), means=Means.PORTAL, receipt="Dépôt 88213"
        )


def _asked(
    by: Account, person: Person, *, authority: Authority, name: str, ground: Ground, reference: str
) -> Disclosure:
    today = timezone.localdate()
    asked = Asked(
        authority=authority, authority_name=name, ground=ground, ground_reference=reference, received_on=today - SEIZED,
        classes=["identity.contract"], since=today - datetime.timedelta(days=365), until=today,
        necessity="Identifier le titulaire du contrat, et rien de ses soins.",
    )  # fmt: skip
    return prepare(by=by, kind=Kind.FRAUD, asked=asked, subjects=[_found(person)])


def _vigilance(officer: Account, person: Person) -> None:
    """A namesake born in the same year: a flag to examine."""
    text = LIST.format(
        family_name=person.family_name, given_names=person.given_names, year=person.birth_date.year
    )  # fmt: skip
    with inside(Kind.FINANCIAL_CRIME):
        import_list(by=officer, content=text.encode(), published_on=timezone.localdate() - SEIZED)
    with isolation.system():
        screen(timezone.localdate())


def _found(person: Person) -> Found:
    return Found("adherent", person.household_id, person.pk, None, f"{person.given_names} {person.family_name}")
