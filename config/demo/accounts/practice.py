"""What the demo's professional has beside invoices: a second practice, people, letters, an account of before."""

import datetime

from django.utils import timezone

from portals.access.models import Grant
from portals.accounts.models import Account, Space
from portals.banking.iban import bank_of, masked
from portals.banking.models import BankChange
from portals.correspondence import actions, answering
from portals.correspondence.models import Kind, Outcome
from providers.agreements.models import Agreement, Professional
from providers.agreements.practices import add_practice
from providers.banking.accounts import iban_of
from providers.contact.actions import complain
from providers.invoices.models import Invoice, Standing
from providers.users.invitations import invite

SECOND_AGREEMENT = "CV9000001"
INVITED = "accueil.cabinet@example.org"
OLD_ACCOUNT = "FR·· ···· ·208"
CHANGED_ACCOUNT = datetime.timedelta(days=320)
QUESTION = "Mon numéro de téléphone a changé\u00a0: comment le corriger sur la convention et dans l’annuaire\u202f?"
ANSWER = "C’est corrigé des deux côtés. Merci de nous l’avoir dit."
CONTESTED = "La carte présentée par le patient était valable le jour des soins. Merci de reprendre cette facture."
PAID = "Vous avez raison\u00a0: le rejet venait de nous. La facture est reprise et part avec le prochain versement."


def write_practice(account: Account, agent: Account) -> None:
    """Fill the pages of the professional. In the system's context."""
    grant = Grant.objects.get(account=account, space=Space.PROFESSIONAL)
    _practise_elsewhere(account, grant)
    invite(by=account, professional_id=grant.tenant_id, email=INVITED, role="rights")
    question = actions.write(by=account, kind=Kind.MESSAGE, topic="agreement", text=QUESTION, grant=grant, files=[])
    answering.answer(by=agent, thread=question, text=ANSWER)
    _contest(account, grant, agent)
    _change_account(account, grant)


def _practise_elsewhere(account: Account, grant: Grant) -> None:
    """The same person at another practice, with an agreement of its own."""
    here = Professional.objects.get(pk=grant.tenant_id)
    there = Professional.objects.create(
        professional_ref="PS9000001", rpps=here.rpps, profession=here.profession, specialty=here.specialty,
        family_name=here.family_name, given_name=here.given_name, practice_name="Maison de santé des Tilleuls",
        street="3 place des Tilleuls", postcode=here.postcode, city=here.city, phone=here.phone,
        latitude=here.latitude, longitude=here.longitude,
    )  # fmt: skip
    since = Agreement.objects.filter(professional=here).order_by("start_date")[0].start_date
    Agreement.objects.create(
        agreement_number=SECOND_AGREEMENT, professional=there, start_date=since + datetime.timedelta(days=365),
        email="tilleuls@example.org",
    )  # fmt: skip
    add_practice(by=account, grant=grant, agreement_number=SECOND_AGREEMENT)


def _contest(account: Account, grant: Grant, agent: Account) -> None:
    rejected = Invoice.objects.filter(professional=grant.tenant_id, standing=Standing.REJECTED).order_by("-received_on")
    for invoice in rejected[:1]:
        made = complain(
            by=account, grant=grant, invoice=invoice, reason="Le rejet n’est pas justifié", text=CONTESTED, files=[]
        )
        thread = account.threads.get(number=made.thread_number)
        answering.answer(by=agent, thread=thread, text=PAID, outcome=Outcome.GRANTED)


def _change_account(account: Account, grant: Grant) -> None:
    iban = iban_of(grant.tenant_id)
    asked_at = timezone.now() - CHANGED_ACCOUNT
    if iban:
        BankChange.objects.create(
            space=Space.PROFESSIONAL, tenant_id=grant.tenant_id, subject_id=grant.subject_id, asked_by=account,
            old_masked=OLD_ACCOUNT, new_masked=masked(iban), new_bank=bank_of(iban), asked_at=asked_at,
            effective_at=asked_at + datetime.timedelta(hours=48), done_at=asked_at + datetime.timedelta(hours=48),
        )  # fmt: skip
