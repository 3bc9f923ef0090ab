"""What hangs on an account or a person: a new relation forces a decision (export, erasure, end of access)."""

from django.db import models

from members.models import Person
from portals.models import Account

TO_ACCOUNT = {
    "portals.Acceptance.account",
    "portals.Account_groups.account",
    "portals.Account_user_permissions.account",
    "portals.Grant.account",
    "account.EmailAddress.user",
    "pghistory.MiddlewareEvents.user",
}
TO_PERSON = {
    "members.BenefitLine.person",
    "members.BenefitLineEvent.person",
    "members.Cover.person",
    "members.CoverEvent.person",
    "members.PersonEvent.pgh_obj",
    "members.Statement.recipient",
}


def relations_to(model: type[models.Model]) -> set[str]:
    """Every foreign key to the model, hidden ones included, as `app.Model.field`."""
    return {
        f"{field.related_model._meta.label}.{field.field.name}"
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and isinstance(field, models.ManyToOneRel)
    }


def test_what_hangs_on_an_account_is_known() -> None:
    assert relations_to(Account) == TO_ACCOUNT


def test_what_hangs_on_a_person_is_known() -> None:
    assert relations_to(Person) == TO_PERSON
