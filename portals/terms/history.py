"""The history of what an account accepted, as a signed PDF (CGU-2.12)."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import instant_with_zone, long_date
from portals.signals import announce
from portals.terms.models import Acceptance, TermsVersion
from portals.terms.queries import acceptances_of

HISTORY = verification.register(Kind("terms.history", "Historique des conditions d’utilisation acceptées"))
REASON = "Historique des conditions générales d’utilisation acceptées"

ANCHOR = re.compile(r'\sid="([^"]*)"')
LOCAL_LINK = re.compile(r'href="#([^"]*)"')
TITLE = re.compile(r"<(/?)h([23])\b")


@dataclass(frozen=True)
class Annex:
    """The full text of one accepted version, its titles one level below the annex's own."""

    version: TermsVersion
    text: SafeString


def history_html(account: Account, mark: Mark | None = None) -> str:
    """The page that WeasyPrint lays out: every acceptance with its evidence, then each text in full."""
    acceptances = list(acceptances_of(account))
    versions = {acceptance.version.number: acceptance.version for acceptance in acceptances}
    context = {
        "account": account,
        "mark": mark,
        "acceptances": acceptances,
        "annexes": [_annex(versions[number]) for number in sorted(versions, reverse=True)],
        "made_at": instant_with_zone(timezone.now()),
        "organisation": settings.ORGANISATION_FACTS,
        "space": account.space,
    }
    return render_to_string("portals/terms/history.html", context)


def history_pdf(*, by: Account) -> bytes:
    """The signed PDF/UA of what `by` accepted, which `/verifier/` knows; the journal notes that it was made."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait
    from portals.documents.signing import sign

    def signed(mark: Mark) -> bytes:
        return sign(render_pdf(history_html(by, mark)), reason=REASON)

    announce("terms.history_downloaded", by=by, object_kind="account", object_id=by.pk)
    return verification.issue(HISTORY, signed, period=f"Jusqu’au {long_date(timezone.now())}", by=by)


def evidence(acceptance: Acceptance) -> list[tuple[str, str]]:
    """What an acceptance record says, as label and value; the same in the PDF and for staff."""
    representative = acceptance.representative_name
    return [
        ("Version", f"{acceptance.version.number}"),
        ("Acceptée le", instant_with_zone(acceptance.accepted_at)),
        ("Adresse réseau", str(acceptance.address)),
        ("Case cochée", acceptance.label),
        ("Déclaration affichée", acceptance.declaration),
        ("Capacité déclarée", acceptance.get_capacity_display()),
        *([("Représentant nommé", representative)] if representative else []),
        ("Empreinte du texte (SHA-256)", acceptance.text_sha256),
    ]


def _annex(version: TermsVersion) -> Annex:
    """Titles go down one level, and each anchor bears the version: two annexes hold the same clauses."""
    text = TITLE.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", version.text)
    text = ANCHOR.sub(rf' id="v{version.number}-\1"', text)
    text = LOCAL_LINK.sub(rf'href="#v{version.number}-\1"', text)
    return Annex(version, mark_safe(text))  # noqa: S308 published text, whose markup was checked
