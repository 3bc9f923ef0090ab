"""Who works at a practice: invited once, a role, what they did, withdrawn at once."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.secrets.models import SubjectKey
from portals.signals import announce
from privacy.models import Entry
from providers.users.models import Delegation
from tests import builders
from tests.cast import Cast
from tests.newcomer import credentials, mails, sign_in
from tests.pages import words_of
from tests.providers.users.people import CHOICE, INVITED, accept, delegate, invitation_link, invite, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-1.4")]

PERSONS = "/compte/personnes/"


def delegations() -> list[Delegation]:
    with isolation.system():
        return list(Delegation.objects.order_by("id"))


def grant_of(account: Account) -> Grant:
    return Grant.objects.get(account=account)


@pytest.mark.commitment("CGU-2.2", "PDP-7.3")
def test_an_invited_person_gets_an_account_of_their_own_with_the_role_chosen(cast: Cast) -> None:
    link = invite(cast.professional_account)
    newcomer = Client()
    page = newcomer.get(link, follow=True)
    assert page.request["PATH_INFO"] == CHOICE and "Facturation" in words_of(page.text)
    assert accept(newcomer, link)["Location"] == "/inscription/professionnel/invitation/envoyee/"
    assert newcomer.get("/inscription/professionnel/invitation/envoyee/").status_code == 200
    sent = mails()
    assert [message.to for message in sent[:2]] == [[INVITED]] * 2
    identifier, temporary = credentials(sent)
    grant = grant_of(Account.objects.get(identifier=identifier))
    assert (grant.role, grant.tenant_id, grant.basis) == ("invoices", cast.professional.pk, "agreement")
    assert sign_in(Client(), identifier, temporary).status_code == 302


def test_the_address_is_sealed_while_it_waits_and_forgotten_afterwards(cast: Cast) -> None:
    link = invite(cast.professional_account)
    (waiting,) = delegations()
    assert INVITED.encode() not in bytes(waiting.email_sealed) and waiting.token_hash is not None
    assert accept(Client(), link).status_code == 302
    (accepted,) = delegations()
    assert bytes(accepted.email_sealed) == b"" and accepted.token_hash is None
    assert not SubjectKey.objects.filter(subject=f"delegation:{accepted.reference}").exists()


def test_neither_the_invitation_nor_the_notice_names_anybody(cast: Cast) -> None:
    signed_in(cast.professional_account).post("/professionnel/acces/inviter/", {"email": INVITED, "role": "rights"})
    sent = mails()
    assert sorted(message.to[0] for message in sent) == sorted([INVITED, cast.professional_account.email])
    for message in sent:
        assert "Quéré" not in f"{message.subject} {message.body}" and INVITED not in str(message.body)


def test_a_link_serves_once_and_seven_days(cast: Cast) -> None:
    link = invite(cast.professional_account)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=7, minutes=1), tick=False):
        assert Client().get(link).status_code == 410
    assert accept(Client(), link).status_code == 302
    assert Client().get(link).status_code == 410


def test_a_link_sent_again_kills_the_first_and_a_withdrawn_one_opens_nothing(cast: Cast) -> None:
    first = invite(cast.professional_account)
    holder = signed_in(cast.professional_account)
    number = delegations()[0].pk
    holder.post(f"/professionnel/acces/invitations/{number}/renvoyer/")
    second = invitation_link()
    assert (Client().get(first).status_code, Client().get(second).status_code) == (410, 302)
    holder.post(f"/professionnel/acces/invitations/{number}/annuler/")
    assert Client().get(second).status_code == 410
    assert words_of(holder.get("/professionnel/acces/").text).count(INVITED) == 0


def test_one_invitation_stands_for_an_address_and_nobody_is_invited_twice(cast: Cast) -> None:
    holder = signed_in(cast.professional_account)
    again = {"email": INVITED.upper(), "role": "rights"}
    invite(cast.professional_account)
    assert "l’attend déjà" in holder.post("/professionnel/acces/inviter/", again).text
    inside = delegate(cast.professional, "rights")
    answer = holder.post("/professionnel/acces/inviter/", {"email": inside.email, "role": "invoices"})
    assert "entre déjà" in answer.text


def test_whoever_has_an_account_elsewhere_keeps_it_and_changes_of_practice(cast: Cast) -> None:
    link = invite(cast.professional_account, email=cast.colleague_account.email, role="secretariat")
    known = Client().get(link, follow=True)
    assert "connectez-vous" in words_of(known.text)
    client = signed_in(cast.colleague_account)
    client.get(link, follow=True)
    assert client.post(CHOICE)["Location"] == "/professionnel/"
    home = client.get("/professionnel/")
    assert "Anne Quéré" in words_of(home.text)
    assert client.get("/professionnel/acces/").status_code == 403
    choices = words_of(client.get(PERSONS).text)
    assert "Secrétariat complet" in choices and "Titulaire" in choices
    own = Grant.objects.get(account=cast.colleague_account, tenant_id=cast.colleague.pk)
    client.post(PERSONS, {"grant": own.pk})
    assert client.get("/professionnel/acces/").status_code == 200


def test_an_invitation_is_not_for_another_account(cast: Cast) -> None:
    link = invite(cast.professional_account)
    client = signed_in(cast.colleague_account)
    assert client.get(link, follow=True).status_code == 403
    assert client.post(CHOICE).status_code == 403
    assert not Grant.objects.filter(account=cast.colleague_account, tenant_id=cast.professional.pk).exists()


def test_a_role_changes_from_the_next_request_on(cast: Cast) -> None:
    account = delegate(cast.professional, "rights")
    theirs, holder = signed_in(account), signed_in(cast.professional_account)
    assert theirs.get("/professionnel/factures/").status_code == 403
    address = f"/professionnel/acces/{grant_of(account).pk}/"
    assert holder.post(f"{address}role/", {"role": "invoices"})["Location"] == address
    assert theirs.get("/professionnel/factures/").status_code == 200
    assert theirs.get("/professionnel/droits/").status_code == 403


@pytest.mark.commitment("PDP-7.3", "CGU-3.26")
def test_who_did_what_is_read_by_the_professional_and_by_no_colleague(cast: Cast) -> None:
    account = delegate(cast.professional, "secretariat")
    signed_in(account).get("/professionnel/factures/")
    address = f"/professionnel/acces/{grant_of(account).pk}/"
    assert "A consulté la liste de vos factures" in words_of(signed_in(cast.professional_account).get(address).text)
    assert signed_in(cast.colleague_account).get(address).status_code == 404
    assert signed_in(account).get(address).status_code == 403


def test_an_access_that_is_withdrawn_shuts_at_the_next_request(cast: Cast) -> None:
    account = delegate(cast.professional, "secretariat")
    theirs = signed_in(account)
    assert theirs.get("/professionnel/").status_code == 200
    holder = signed_in(cast.professional_account)
    address = f"/professionnel/acces/{grant_of(account).pk}/retirer/"
    assert "plus" in words_of(holder.get(address).text)
    assert holder.post(address)["Location"] == "/professionnel/acces/"
    assert theirs.get("/professionnel/").status_code == 302
    account.refresh_from_db()
    assert signed_in(account).get("/professionnel/").status_code == 403
    assert {message.to[0] for message in mails()} == {account.email, cast.professional_account.email}
    assert Entry.objects.filter(action="delegate.revoked", account_id=cast.professional_account.pk).exists()


def test_the_professional_is_no_delegate_and_cannot_be_withdrawn_here(cast: Cast) -> None:
    own = grant_of(cast.professional_account).pk
    holder = signed_in(cast.professional_account)
    assert holder.get(f"/professionnel/acces/{own}/").status_code == 404
    assert holder.post(f"/professionnel/acces/{own}/retirer/").status_code == 404


def test_a_practice_that_loses_its_professional_shuts_behind_them(cast: Cast) -> None:
    account = delegate(cast.professional, "secretariat")
    link = invite(cast.professional_account)
    with isolation.system():
        Account.objects.filter(pk=cast.professional_account.pk).update(state="closed", is_active=False)
        announce("account.deleted", by=None, object_kind="account", object_id=cast.professional_account.pk)
    assert grant_of(account).revoked_at is not None
    assert Client().get(link).status_code == 410


def test_the_page_of_the_deletion_says_how_many_people_lose_their_access(cast: Cast) -> None:
    delegate(cast.professional, "rights")
    address = "/compte/supprimer/"
    assert "Une personne que vous aviez invitée perd son accès" in words_of(
        signed_in(cast.professional_account).get(address).text
    )
    assert "perd son accès" not in words_of(signed_in(cast.colleague_account).get(address).text)


def test_nobody_is_invited_once_the_agreement_has_ended_but_accesses_are_still_withdrawn(cast: Cast) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    account = delegate(cast.professional, "rights")
    Grant.objects.filter(account=cast.professional_account).update(
        ended_on=yesterday, closes_on=yesterday + datetime.timedelta(days=730)
    )
    holder = signed_in(cast.professional_account)
    assert holder.get("/professionnel/acces/inviter/").status_code == 403
    assert holder.post(f"/professionnel/acces/{grant_of(account).pk}/retirer/").status_code == 302


def test_a_delegate_neither_signs_up_for_the_practice_nor_links_the_identity_of_the_professional(cast: Cast) -> None:
    from portals.accounts.federation.actions import _own_subjects
    from portals.accounts.queries import holders_of

    account = delegate(cast.professional, "secretariat")
    assert holders_of("professionnel", cast.professional.pk) == [cast.professional_account]
    assert _own_subjects(account, "professionnel") == []


def test_an_invitation_is_refused_by_the_database_outside_of_its_practice(cast: Cast) -> None:
    invite(cast.professional_account)
    with isolation.tenant("professionnel", cast.colleague.pk):
        assert not Delegation.objects.exists()
    with isolation.tenant("professionnel", cast.professional.pk):
        assert Delegation.objects.count() == 1


def test_the_quota_of_the_verification_is_that_of_each_account_and_of_the_whole_practice(cast: Cast) -> None:
    from providers.rights.quotas import QuotaReached, take
    from providers.rights.rules import A_MINUTE

    secretary = delegate(cast.professional, "rights")
    now = timezone.now()
    for _ in range(A_MINUTE - 1):
        take(secretary, cast.professional.pk, now)
    take(cast.professional_account, cast.professional.pk, now)
    with pytest.raises(QuotaReached):
        take(cast.professional_account, cast.professional.pk, now)
    with pytest.raises(QuotaReached):
        take(secretary, cast.professional.pk, now)
    take(cast.colleague_account, cast.colleague.pk, now)


def test_the_builders_of_a_delegate_hold_in_the_database(cast: Cast) -> None:
    """A role of companies is none of a practice."""
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        builders.account(cast.professional, role="administrator")
