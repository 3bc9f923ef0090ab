"""« À qui vos données ont été transmises », on « Mes données »: the communications to authorities that may be told."""

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.access.entry import entry_of
from portals.accounts.models import Account, Space
from privacy.disclosures.models import ToldDisclosure
from privacy.rights.data_classes import labels
from privacy.rights.panels import Kept, Panel, register

SHOWN = 5


def told(request: HttpRequest, account: Account) -> "QuerySet[ToldDisclosure] | None":
    """Those of whoever the page is about, the last first."""
    grant = entry_of(request).grant
    number = (grant.subject_id if grant else None) if account.space == Space.MEMBER else account.pk
    if number is None:
        return None
    return ToldDisclosure.objects.filter(space=account.space, subject_id=number).order_by("-sent_on", "-pk")


def _context(_request: HttpRequest, _account: Account, rows: list[ToldDisclosure]) -> dict[str, object]:
    known = labels()
    return {"rows": [(row, ", ".join(known.get(code, code) for code in row.classes)) for row in rows]}


register(
    Panel(
        "disclosures", column=2, order=8, template="privacy/disclosures/panel.html",
        context=Kept(
            told, ("authority_name", "ground", "classes", "since", "until", "sent_on"), _context, most=SHOWN
        ),
    )
)  # fmt: skip
