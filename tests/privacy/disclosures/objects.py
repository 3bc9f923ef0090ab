"""Communications of the tests."""

import datetime
from typing import Any

from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile
from portals.gestion.roles import Role
from privacy.disclosures import actions
from privacy.disclosures.actions import Asked
from privacy.disclosures.models import Disclosure
from privacy.investigations.finding import Found
from privacy.investigations.models import Kind
from privacy.investigations.walls import OVERSIGHT, inside
from tests import builders
from tests.privacy.investigations.objects import ROLES

ASKED: dict[str, Any] = {
    "authority": "police",
    "authority_name": "Gendarmerie de Nantes, brigade de recherches",
    "ground": "requisition",
    "ground_reference": "PV 2026/1234",
    "received_on": datetime.date(2026, 1, 5),
    "classes": ["identity.contract"],
    "since": datetime.date(2020, 1, 1),
    "until": datetime.date(2030, 1, 1),
    "necessity": "Identifier le titulaire du contrat.",
}


def prepared(*found: Found, kind: Kind = Kind.FRAUD, **more: Any) -> Disclosure:
    officer = builders.colleague(ROLES[kind])
    paper = CleanFile("requisition.pdf", "application/pdf", b"%PDF-1.7")
    with inside(kind):
        made = actions.prepare(by=officer, kind=kind, asked=Asked(**{**ASKED, **more}), subjects=found, document=paper)
        assert made.document is not None
        release(by=officer, upload=made.document)
    return made


def approved(*found: Found, **more: Any) -> Disclosure:
    made = prepared(*found, **more)
    with inside(OVERSIGHT):
        if not made.skips_approval:
            actions.approve(by=builders.colleague(Role.DPO), disclosure=made)
        made.refresh_from_db()
    return made


def produced(*found: Found, **more: Any) -> Disclosure:
    made = approved(*found, **more)
    with inside(made.kind):
        actions.produce(by=made.asked_by, disclosure=made)
        made.refresh_from_db()
    return made
