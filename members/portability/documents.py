"""What the person keeps on paper: the notice of the portability, the offer of the individual contract. PDF/UA, with a code."""

from django.conf import settings
from django.template.loader import render_to_string

from members.households.models import Person
from members.portability.models import IndividualOffer
from members.portability.queries import Standing
from members.portability.rules import CAPS
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date

NOTICE = verification.register(Kind("members.portability", "Notice de portabilité"))
OFFER = verification.register(Kind("members.individual_offer", "Offre de contrat individuel"))
NOTICE_FILE = "Notice de portabilité.pdf"
OFFER_FILE = "Offre de contrat individuel.pdf"


def notice_pdf(standing: Standing, *, by: Account) -> bytes:
    """Until when cover goes on, for whom, and on what condition."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        NOTICE,
        lambda mark: render_pdf(notice_html(standing, mark)),
        period=f"Couverture après le {long_date(standing.row.contract_end)}",
        by=by,
    )


def notice_html(standing: Standing, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    return _html("notice", standing.row.person, mark, {"standing": standing, "row": standing.row})


def offer_pdf(offer: IndividualOffer, *, by: Account) -> bytes:
    """What is offered, until when it is to be asked for, and what it may cost at most."""
    from portals.documents.pdf import render_pdf  # as above

    return verification.issue(
        OFFER,
        lambda mark: render_pdf(offer_html(offer, mark)),
        period=f"À demander avant le {long_date(offer.until)}",
        by=by,
    )


def offer_html(offer: IndividualOffer, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    return _html("offer", offer.person, mark, {"offer": offer, "caps": CAPS})


def _html(name: str, person: Person, mark: Mark, context: dict[str, object]) -> str:
    shared = {"person": person, "mark": mark, "organisation": settings.ORGANISATION_FACTS, "space": "adherent"}
    return render_to_string(f"members/portability/print_{name}.html", context | shared)
