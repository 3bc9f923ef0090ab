"""Letters about a death: to an heir, what settles the estate; to the executor, that they were named. Signed, never kept."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import instant_with_zone, long_date
from privacy.deaths.models import Death
from privacy.deaths.registry import estate_of
from privacy.deaths.verifying import holder_of
from privacy.directives.contents import Contact
from privacy.directives.holders import people_of

ESTATE = verification.register(Kind("deaths.estate", "Lettre pour une succession"))
EXECUTOR = verification.register(Kind("deaths.executor", "Lettre à une personne désignée par des directives"))


def estate_pdf(death: Death, *, addressee: str, by: Account) -> bytes:
    """The closed list of what heirs may know. In the system's context."""
    facts = list(estate_of(death))
    return _letter(ESTATE, "estate", death, addressee=addressee, by=by, facts=facts)


def executor_pdf(death: Death, executor: Contact, *, by: Account) -> bytes:
    """That they were named, and by whom; nothing of what was decided. In the system's context."""
    return _letter(EXECUTOR, "executor_letter", death, addressee=f"{executor.name}\n{executor.address}".strip(), by=by)


def _letter(kind: Kind, template: str, death: Death, *, addressee: str, by: Account, **more: object) -> bytes:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait
    from portals.documents.signing import sign

    def signed(mark: Mark) -> bytes:
        lines = addressee.splitlines()
        context = {
            "death": death,
            "name": people_of(death.space).name_of(holder_of(death).subject_id),
            "to": lines[0] if lines else "",
            "address": "\n".join(lines[1:]),
            "made_at": instant_with_zone(timezone.now()),
            "mark": mark,
            "organisation": settings.ORGANISATION_FACTS,
            "space": death.space,
            **more,
        }
        html = render_to_string(f"privacy/deaths/{template}.html", context)
        return sign(render_pdf(html), reason=f"Dossier {death.number}")

    return verification.issue(kind, signed, period=f"Établie le {long_date(timezone.localdate())}", by=by)
