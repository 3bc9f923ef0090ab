"""An erasure that directives ask for, done by its role with every constraint in force: these kinds of data, and no other."""

import pytest
from django.db import connections
from django.utils import timezone

from members.benefits.models import BenefitLine
from members.households.models import Person
from portals.access import isolation
from portals.accounts.models import Account
from privacy.erasure import ledger
from privacy.erasure.actions import order, stored
from privacy.erasure.planning import plan_for
from privacy.erasure.registry import answers_of
from privacy.erasure.running import replay, run_due
from tests import builders
from tests.cast import Cast
from tests.privacy.erasure.test_real_rows import over, world

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"]),
    pytest.mark.commitment("PDP-8.8"),
]


def erase(cast: Cast, *kinds: str) -> None:
    with isolation.system():
        target = answers_of("adherent").find(cast.alice.pk, cast.alice.household_id)
        shown = stored(plan_for(target, timezone.localdate(), kinds))
    order(by=builders.staff(), target=target, shown=shown, kinds=kinds)
    assert run_due().erasures == 1


def alice(cast: Cast) -> Person:
    with isolation.system():
        return Person.objects.get(pk=cast.alice.pk)


def test_only_what_directives_name_goes_and_a_restore_erases_no_more() -> None:
    cast = world()
    over()
    erase(cast, "contact")
    assert (alice(cast).email, alice(cast).phone, alice(cast).address_line1) == ("", "", "")
    assert alice(cast).family_name == cast.alice.family_name
    with isolation.system():
        assert BenefitLine.objects.filter(pk=cast.home.alice_line.pk).exists()
    with connections["owner"].cursor() as cursor:  # yesterday's backup: neither the order nor its effects
        cursor.execute("DELETE FROM privacy_erasurestep")
        cursor.execute("DELETE FROM privacy_erasure")
        cursor.execute("UPDATE members_person SET email = 'alice@example.org' WHERE id = %s", [cast.alice.pk])
    assert replay() == 1
    assert (alice(cast).email, alice(cast).family_name) == ("", cast.alice.family_name)


def test_each_kind_alone_can_be_erased_with_every_constraint_in_force() -> None:
    cast = world()
    over()
    for kind in ("banking", "contact", "health", "contract", "identity"):
        erase(cast, kind)
    assert alice(cast).family_name == "Personne"
    with isolation.system():
        assert Person.objects.get(pk=cast.bob.pk).email == cast.bob.email
        assert not BenefitLine.objects.filter(
            pk=cast.home.alice_line.pk, act_label=cast.home.alice_line.act_label
        ).exists()
    assert Account.objects.get(pk=cast.bob_account.pk).is_active
    with connections["eraser"].cursor():
        assert {line.kinds for line in ledger.lines()} >= {("contact",), ("identity",)}
