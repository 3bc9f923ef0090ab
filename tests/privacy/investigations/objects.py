"""Files, flags and lists of the tests."""

import datetime
import io
from typing import Any

from PIL import Image

from members.households.models import Person
from portals.accounts.models import Account
from portals.documents.uploads import CleanFile
from portals.gestion.roles import Role
from privacy.investigations import evidence
from privacy.investigations.actions import add_subject, open_case
from privacy.investigations.evidence import Piece
from privacy.investigations.finding import Found
from privacy.investigations.models import Exhibit, Investigation, Kind, Origin
from privacy.investigations.screening.models import FreezeList, ScreeningFlag
from privacy.investigations.walls import inside
from tests import builders

ROLES = {Kind.FRAUD: Role.FRAUD, Kind.FINANCIAL_CRIME: Role.VIGILANCE}
FACTS = "Trois factures d’optique identiques, envoyées sous deux dossiers."
LIST = (
    "numero;nature;nom;prenoms;naissance;mesure\n"
    "101;Personne physique;LE GOFF;Alice Marie;{born};Règlement d’essai\n"
    "101;Personne physique;Le Gof;Alicia;{born};Règlement d’essai\n"
    "202;Personne physique;Personne;Inconnu;1950;Règlement d’essai\n"
    "303;Personne morale;Société introuvable;;;Règlement d’essai\n"
)


def who(person: Person) -> Found:
    return Found("adherent", person.household_id, person.pk, None, f"{person.given_names} {person.family_name}")


def holder(account: Account) -> Found:
    return Found(account.space, None, None, account.pk, account.display_name)


def case_about(*found: Found, kind: Kind = Kind.FRAUD, by: Account | None = None, **more: Any) -> Investigation:
    """An open file about these."""
    with inside(kind):
        officer = by or builders.colleague(ROLES[kind])
        case = open_case(**{"by": officer, "kind": kind, "origin": Origin.STAFF, "facts": FACTS, **more})
        for one in found:
            add_subject(by=officer, case=case, found=one)
    return case


def image() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(target, "PNG")
    return target.getvalue()


def exhibit_in(case: Investigation, *, released: bool = True) -> Exhibit:
    """A scanned invoice, whose harmless copy is not its bytes."""
    piece = Piece(image(), CleanFile("facture.png", "image/png", image() + b"\0"))
    with inside(case.kind):
        exhibit = evidence.receive_piece(by=case.opened_by, case=case, label="Facture d’optique", piece=piece)
        if released:
            evidence.release(by=case.opened_by, exhibit=exhibit)
    return exhibit


def freeze_list(born: datetime.date, text: str = LIST) -> bytes:
    return text.format(born=born.isoformat()).encode()


def flag_on(person: Person) -> ScreeningFlag:
    with inside(Kind.FINANCIAL_CRIME):
        return ScreeningFlag.objects.create(
            key=f"refunds:adherent:{person.pk}:2026", kind="refunds", space="adherent", tenant_id=person.household_id,
            subject_id=person.pk, facts="Remboursé en 365 jours\u00a0: plus de 30000\u202f€.",
        )  # fmt: skip


def list_of(officer: Account) -> FreezeList:
    return FreezeList.objects.create(
        published_on=datetime.date(2026, 1, 5), sha256="0" * 64, names=0, imported_by=officer
    )
