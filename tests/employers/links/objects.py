"""Links as rows, made without a page nor an e-mail."""

import datetime
from typing import Any

from django.utils import timezone

from employers.companies.models import Company
from employers.links.models import EmployeeLink, draw_reference
from employers.links.rules import LIFETIME
from employers.links.sealing import DEPENDANTS, IDENTITY, Invited, index_of, seal_answers, seal_invited
from employers.users.tokens import hash_of
from portals.access import isolation
from portals.accounts.models import Account
from tests.builders import number
from tests.employers.contributions.objects import contract_of

TOKEN = "given-once"
ANSWERS = {
    IDENTITY: {
        "family_name": "Le Roux", "birth_name": "", "given_names": "Maëlle", "sex": "2", "birth_date": "1991-04-05",
        "nir": "", "email": "", "phone": "",
    },
    DEPENDANTS: [],
}  # fmt: skip


def link_of(company: Company, by: Account, **fields: Any) -> EmployeeLink:
    """A link sent and not opened yet; `completed=True`: its answers wait to be confirmed."""
    reference = draw_reference()
    invited = Invited("Maëlle", "Le Roux", f"maelle{number()}@example.org", "M-0042")
    completed = fields.pop("completed", False)
    if completed:
        fields |= {"completed_at": timezone.now(), "answers_sealed": seal_answers(reference, ANSWERS)}
    else:
        fields |= {"token_hash": hash_of(f"{TOKEN}-{reference}")}
    with isolation.system():
        return EmployeeLink.objects.create(
            **{
                "reference": reference,
                "company": company,
                "contract": contract_of(company),
                "start_date": timezone.localdate() + datetime.timedelta(days=10),
                "invited_sealed": seal_invited(reference, invited),
                "email_index": index_of(invited.email),
                "invited_by": by,
                "expires_at": timezone.now() + LIFETIME,
                "sent_at": timezone.now(),
                **fields,
            }
        )


def token_of(link: EmployeeLink) -> str:
    """What the e-mail of a link made here would carry."""
    return f"{TOKEN}-{link.reference}"
