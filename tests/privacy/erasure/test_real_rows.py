"""The same on rows that the rooms made themselves, with every constraint of the database in force, in each space."""

import pytest
from django.db import connections
from django.utils import timezone

from members.models import Household, Person, Policy
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.models import Upload
from privacy.erasure import registry
from privacy.erasure.actions import order, stored
from privacy.erasure.models import Erasure
from privacy.erasure.planning import plan_for
from privacy.erasure.running import run_due
from providers.agreements.models import Agreement, Professional
from tests import builders
from tests.cast import Cast, build_cast
from tests.portals.gestion.things import addresses

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"]),
    pytest.mark.commitment("PDP-8.3"),
]


def world() -> Cast:
    """Everyone, with a request, a document or a decision of each kind about Alice."""
    cast = build_cast()
    addresses(cast)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM privacy_erasure")
        cursor.execute("DELETE FROM privacy_legalhold")
        cursor.execute("UPDATE privacy_rightsrequest SET received_on = '2010-01-01', due_on = '2010-02-01'")
    return cast


def over() -> None:
    """Every contract ended so long ago that no law keeps anything of it."""
    with connections["owner"].cursor() as cursor:
        for table in ("members_cover", "members_policy", "providers_agreement"):
            cursor.execute(f"UPDATE {table} SET start_date = '1980-01-01', end_date = '1990-01-01'")


def erase(space: str, subject_id: int, tenant_id: int | None = None) -> Erasure:
    """What the data protection officer orders, done."""
    with isolation.system():
        target = registry.answers_of(space).find(subject_id, tenant_id)
        shown = stored(plan_for(target, timezone.localdate()))
    made = order(by=builders.staff(), target=target, shown=shown)
    assert run_due().erasures == 1
    with isolation.system():
        return Erasure.objects.get(pk=made.pk)


def test_a_member_with_everything_running_is_emptied_of_what_nothing_keeps() -> None:
    cast = world()
    done = erase("adherent", cast.alice.pk)
    assert done.state == "done"
    account = Account.objects.get(pk=cast.alice_account.pk)
    assert (account.email, account.state, account.is_active) == ("", "closed", False)
    assert not Grant.objects.filter(account=account).exists()
    with isolation.system():
        person = Person.objects.get(pk=cast.alice.pk)
    assert (person.family_name, person.email) == (cast.alice.family_name, cast.alice.email)  # the contract runs


@pytest.mark.commitment("CGU-8.8")
def test_a_household_goes_with_the_last_of_its_persons_and_another_stays_whole() -> None:
    cast = world()
    over()
    home = cast.home
    for person in (home.alice, home.samir, home.lina):
        erase("adherent", person.pk)
        with isolation.system():
            assert Household.objects.filter(pk=home.alice.household_id).exists()
            assert not Person.objects.filter(pk=person.pk, family_name=person.family_name).exists()
    erase("adherent", home.ines.pk)
    with isolation.system():
        left = Person.objects.filter(household_id=home.alice.household_id)
        assert not left.exclude(family_name="Personne").exists()
        assert not Policy.objects.filter(policy_number="SA48217736").exists()
        assert not Household.objects.filter(member_number=home.alice.household.member_number).exists()
        assert Person.objects.get(pk=cast.bob.pk).family_name == cast.bob.family_name
    assert Account.objects.get(pk=cast.bob_account.pk).is_active
    assert not Upload.objects.filter(sent_by=cast.alice_account, stored=None).exists()


def test_somebody_of_a_company_and_a_professional_are_erased_in_their_spaces() -> None:
    cast = world()
    erase("employeur", cast.company_account.pk)
    assert Account.objects.get(pk=cast.company_account.pk).state == "closed"
    erase("professionnel", cast.professional_account.pk)
    with isolation.system():
        assert Professional.objects.get(pk=cast.professional.pk).phone == cast.professional.phone  # the agreement runs
    over()
    erase("professionnel", cast.colleague_account.pk)
    with isolation.system():
        assert not Professional.objects.filter(pk=cast.colleague.pk).exists()
        assert not Agreement.objects.filter(professional_id=cast.colleague.pk).exists()
        assert Professional.objects.filter(pk=cast.professional.pk).exists()
