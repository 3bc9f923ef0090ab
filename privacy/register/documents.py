"""The register as files: a PDF/UA that can be verified, a CSV for spreadsheets, a pack for the authority."""

import io
import zipfile

from django.conf import settings
from django.template.loader import render_to_string

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import local_date, long_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from privacy.register.assessments.models import ImpactAssessment
from privacy.register.models import Publication, Recipient
from privacy.register.oversight.models import AuthorityExchange
from privacy.register.publishing import COLUMNS, named_changes

REGISTER = verification.register(Kind("privacy.register", "Registre des traitements"))


def register_pdf(publication: Publication, *, by: Account) -> bytes:
    """A published version, which `/verifier/` recognises."""

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

        context = {
            "publication": publication,
            "columns": COLUMNS,
            "lines": [[(label, line[column]) for column, label in COLUMNS.items()] for line in publication.content],
            "changes": named_changes(publication),
            "mark": mark,
            "organisation": settings.ORGANISATION_FACTS,
            "space": "gestion",
        }
        return render_pdf(render_to_string("privacy/register/print.html", context))

    period = f"Version {publication.number}, {long_date(local_date(publication.published_at))}"
    return verification.issue(REGISTER, make, period=period, by=by)


def register_csv(publication: Publication) -> bytes:
    """One line for each processing, in the order of article 30."""
    rows = [[text_cell(str(line[column])) for column in COLUMNS] for line in publication.content]
    return sheet(list(COLUMNS.values()), rows)


def authority_pack(publication: Publication, *, by: Account) -> bytes:
    """What the authority asks for first: the register, the processors, the assessments, our exchanges."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"registre-v{publication.number}.pdf", register_pdf(publication, by=by))
        archive.writestr(f"registre-v{publication.number}.csv", register_csv(publication))
        archive.writestr("destinataires.csv", _recipients())
        archive.writestr("analyses-d-impact.csv", _assessments())
        archive.writestr("echanges.csv", _exchanges())
    return written.getvalue()


def _recipients() -> bytes:
    headings = ("Nom", "Classe", "Groupe", "Service", "Lieu", "Garanties", "Contrat", "Signé le", "À revoir le")
    rows = [
        [
            text_cell(one.name), one.get_recipient_class_display(), "oui" if one.is_of_group else "non",
            text_cell(one.service), text_cell(one.location), text_cell(one.safeguards), text_cell(one.contract),
            date_cell(one.signed_on), date_cell(one.review_on),
        ]
        for one in Recipient.objects.order_by("name")
    ]  # fmt: skip
    return sheet(headings, rows)


def _assessments() -> bytes:
    headings = ("Traitement", "Titre", "Issue", "Avis du DPO", "À revoir le")
    rows = [
        [
            one.processing_title,
            text_cell(one.title),
            one.get_outcome_display(),
            text_cell(one.opinion),
            date_cell(one.review_on),
        ]
        for one in ImpactAssessment.objects.order_by("processing", "pk")
    ]
    return sheet(headings, rows)


def _exchanges() -> bytes:
    headings = ("Date", "Sens", "Objet", "Référence", "Résumé", "Répondu le")
    rows = [
        [
            date_cell(one.on_day), one.get_direction_display(), one.get_kind_display(), text_cell(one.reference),
            text_cell(one.summary), date_cell(one.answered_on),
        ]
        for one in AuthorityExchange.objects.order_by("on_day", "pk")
    ]  # fmt: skip
    return sheet(headings, rows)
