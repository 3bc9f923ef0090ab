"""What the demo's member has calculated and asked for: two simulations, an agreement, a reimbursement, one incomplete."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from members.quotes.actions import Answers, simulate
from members.quotes.models import QuoteKind, Simulation
from members.quotes.requests import actions, deciding
from members.quotes.requests.models import CareRequest, RequestKind
from members.quotes.rules import QuoteLine
from members.quotes.searching import acts_of
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile

DENTIST, OSTEOPATH = "Cabinet dentaire des Lices", "Cabinet d’ostéopathie du Golfe"
CROWN, CORE = Decimal(620), Decimal(230)


@dataclass(frozen=True)
class Asked:
    """What one request says."""

    kind: RequestKind
    need: str
    label: str
    professional: str
    amount: Decimal
    day: datetime.date
    simulation: Simulation | None = None


def write_requests(account: Account, agent: Account) -> None:
    """Fill the pages of simulations and of requests. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    if grant is None:
        return
    today = timezone.localdate()
    crown = _crown(account, grant.subject_id, today + datetime.timedelta(days=12))
    _consultation(account, grant.subject_id, today + datetime.timedelta(days=5))
    agreed = Asked(
        RequestKind.PRIOR_AGREEMENT, "DENT", "Prothèses dentaires", DENTIST, crown.expense, crown.care_date, crown
    )
    deciding.accept(by=agent, request=_sent(account, grant, agreed), amount=crown.mutual_amount)
    week_ago = today - datetime.timedelta(days=7)
    missing = Asked(RequestKind.REIMBURSEMENT, "DESO", "Soins dentaires", DENTIST, Decimal(96), week_ago)
    deciding.ask_for_document(
        by=agent,
        request=_sent(account, grant, missing),
        words="La facture est coupée\u00a0: photographiez la page entière, avec le total.",
    )
    running = Asked(RequestKind.REIMBURSEMENT, "DOUX", "Médecines douces", OSTEOPATH, Decimal(60), week_ago)
    _sent(account, grant, running)


def _crown(account: Account, person_id: int, day: datetime.date) -> Simulation:
    acts = acts_of({"PFC", "ICO"})
    lines = [
        QuoteLine("Ligne 1 du devis", acts["ICO"], CORE),
        QuoteLine("Ligne 2 du devis", acts["PFC"], CROWN),
    ]
    return simulate(
        by=account, person_id=person_id, kind=QuoteKind.DENTAL, care_date=day, lines=lines, answers=Answers()
    )


def _consultation(account: Account, person_id: int, day: datetime.date) -> None:
    act = acts_of({"CS"})["CS"]
    line = QuoteLine(act.label, act, Decimal(62))
    simulate(
        by=account, person_id=person_id, kind=QuoteKind.ACT, care_date=day, lines=[line], answers=Answers(optam=True)
    )


def _sent(account: Account, grant: Grant, asked: Asked) -> CareRequest:
    """A request that was sent with one document, checked."""
    content = {
        "person": str(grant.subject_id), "need": asked.need, "need_label": asked.label, "on": f"{asked.day:%d/%m/%Y}",
        "professional": asked.professional, "amount": str(asked.amount).replace(".", ","),
    }  # fmt: skip
    kind, simulation = asked.kind, asked.simulation
    draft = actions.save_draft(
        by=account, kind=kind, household_id=grant.tenant_id, person_id=grant.subject_id, content=content,
        is_ready=True, simulation_id=simulation.pk if simulation else None,
    )  # fmt: skip
    is_agreement = kind == RequestKind.PRIOR_AGREEMENT
    name = "Devis" if is_agreement else "Facture"
    paper = CleanFile(f"{name}.pdf", "application/pdf", _paper(name, asked.professional, content["amount"]))
    actions.add_documents(by=account, request=draft, files=[paper])
    for upload in draft.documents.all():
        release(by=None, upload=upload)
    return actions.ask(by=account, request=draft)


def _paper(name: str, professional: str, amount: str) -> bytes:
    from portals.documents.pdf import render_pdf  # takes a second to load, and most of the demo does without

    return render_pdf(
        f'<!doctype html><html lang="fr"><head><title>{name}</title></head><body><h1>{name}</h1>'
        f"<p>{professional}</p><p>Total\u00a0: {amount}\u202f€</p></body></html>"
    )
