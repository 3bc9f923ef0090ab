"""What a professional takes away: their practice and their agreements (« Tout télécharger »)."""

from collections.abc import Iterator

from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.banking.models import BankChange
from portals.banking.queries import history_of
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from providers.agreements.models import Agreement, Professional
from providers.agreements.queries import agreements_of
from providers.permissions import ServiceCode, may_use

PROFESSIONAL_HEADINGS = (
    "RPPS", "FINESS", "N° AM", "Profession", "Spécialité", "Nom", "Prénom", "Cabinet", "Voie", "Code postal", "Commune",
    "Téléphone", "Réseaux",
)  # fmt: skip
AGREEMENT_HEADINGS = ("N° de convention", "Début", "Fin", "Adresse e-mail")
BANK_HEADINGS = ("Demandé le", "Ancien compte", "Nouveau compte", "Banque", "État", "Le")


def professional_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of one professional, as far as the grant shows them; accounts are masked, as in the space."""
    if not may_use(grant, ServiceCode.AGREEMENT):
        return
    professionals = Professional.objects.filter(pk=grant.tenant_id)
    yield "professionnel.csv", sheet(PROFESSIONAL_HEADINGS, (_professional_row(one) for one in professionals))
    agreements = agreements_of(grant.tenant_id)
    yield "conventions.csv", sheet(AGREEMENT_HEADINGS, (_agreement_row(agreement) for agreement in agreements))
    changes = list(history_of(grant.space, grant.subject_id)) if may_use(grant, ServiceCode.BANK_DETAILS) else []
    if changes:
        yield "comptes-bancaires.csv", sheet(BANK_HEADINGS, (_bank_row(change) for change in changes))


def _professional_row(one: Professional) -> list[str]:
    values = (
        one.rpps, one.finess, one.am_number, one.profession, one.specialty, one.family_name, one.given_name,
        one.practice_name, one.street, one.postcode, one.city, one.phone, one.networks,
    )  # fmt: skip
    return [text_cell(value) for value in values]


def _agreement_row(agreement: Agreement) -> list[str]:
    return [
        text_cell(agreement.agreement_number),
        date_cell(agreement.start_date),
        date_cell(agreement.end_date),
        text_cell(agreement.email),
    ]


def _bank_row(change: BankChange) -> list[str]:
    return [
        date_cell(local_date(change.asked_at)),
        text_cell(change.old_masked),
        text_cell(change.new_masked),
        text_cell(change.new_bank),
        change.state,
        date_cell(local_date(change.decided_at)) if change.decided_at else "",
    ]
