"""Canaries: a row of every table that an erasure reaches, each personal field with a value that is nowhere else.

Rows are invented, so what would refuse them (foreign keys, checks, the rooms' own triggers) is taken off the tables; the
triggers of the histories stay, and every row is changed once, so that there is a past to forget.
"""

import datetime
import itertools
import random
import string
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connections, models
from django.utils import timezone

from members.households.models import Household, Person
from portals.accounts.models import Account
from portals.documents.models import StoredFile, Upload, private_storage
from privacy.erasure.planning import ordered
from privacy.erasure.registry import Reach, Target
from privacy.register.checks import OWN_APPS, declaration_of
from tests import builders

OWNER = "owner"
LENGTH = 12
OLD = datetime.date(1990, 1, 1)


@dataclass
class Somebody:
    """A person of their own household, with an account. `canaries`: each value and the field that holds it."""

    person: Person
    account: Account
    chance: random.Random
    canaries: dict[str, tuple[str, str]] = field(default_factory=dict)
    rows: dict[type[models.Model], Any] = field(default_factory=dict)

    @property
    def target(self) -> Target:
        """As an erasure sees them once no law keeps anything."""
        return Target(
            "adherent", self.person.pk, self.person.household_id, (self.account.pk,), is_alone=True, is_over=True
        )

    def word(self, length: int = LENGTH) -> str:
        return "Q" + "".join(self.chance.choices(string.ascii_lowercase + string.digits, k=length - 1))


def somebody(number: str, seed: int, *, ended_on: datetime.date | None = OLD) -> Somebody:
    """Covered until `ended_on`; to this day when it is None."""
    house = builders.household(member_number=number)
    person = builders.person(house, family_name="Martin", given_names="Camille")
    builders.cover(builders.policy(house, policy_number=f"SA{number}"), person)
    account = builders.account(person)
    start = datetime.date(1985, 1, 1) if ended_on else datetime.date(2024, 1, 1)
    with connections[OWNER].cursor() as cursor:
        for table in ("members_cover", "members_policy"):
            cursor.execute(
                f"UPDATE {table} SET start_date = %s, end_date = %s WHERE household_id = %s",
                [start, ended_on, house.pk],
            )
    return Somebody(person, account, random.Random(seed))


def free_tables() -> None:
    """Take off the tables what refuses invented rows."""
    with connections[OWNER].cursor() as cursor:
        for model in (apps.get_model(reach.label) for reach in ordered()):
            table = model._meta.db_table
            tables = [table, *(one.remote_field.through._meta.db_table for one in model._meta.many_to_many)]
            for name in tables:
                cursor.execute(
                    "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('f', 'c', 'x')"
                    " AND conparentid = 0",
                    [name],
                )
                for (constraint,) in cursor.fetchall():
                    cursor.execute(f'ALTER TABLE {name} DROP CONSTRAINT IF EXISTS "{constraint}" CASCADE')
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
                " AND tgname NOT LIKE 'history_%%' AND tgname NOT LIKE 'pgtrigger_%%'",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}" ON {table}')


def plant(*people: Somebody, ended_on: datetime.date | None = OLD) -> None:
    """A row of every reached table for each of them, those that others point to first."""
    free_tables()
    for reach in reversed(ordered()):
        for who in people:
            _plant(reach, who, ended_on)
    for who in people:
        cache.set(f"canary-{who.account.pk}", "x")  # the cache holds nothing of anybody but sessions


def _plant(reach: Reach, who: Somebody, ended_on: datetime.date | None) -> None:
    model = apps.get_model(reach.label)
    personal = _personal(reach.label)
    values = {
        one.attname: _value(one, who, reach.label, one.name in personal, ended_on)
        for one in model._meta.concrete_fields
        if not isinstance(one, models.AutoField) and not one.generated
    }
    rows = model._base_manager.using(OWNER)
    known = reach.rows(who.target)
    if known is None:
        return  # of another space
    row = rows.filter(known).order_by("pk").first()
    if row is not None:
        kept = {"space", "identifier", "person_ref", "benefit_ref"} | (
            {"member_number"} if model is not Household else set()
        )
        free = {
            one.name: values[one.attname]
            for one in model._meta.concrete_fields
            if one.name in personal and not one.is_relation and _is_free(one) and one.name not in kept
        }
        who.canaries = {
            word: place for word, place in who.canaries.items() if place[0] != model._meta.label or place[1] in free
        }
        rows.filter(pk=row.pk).update(**free)
        key = row.pk
        who.person.refresh_from_db(using=OWNER)
        who.person.household.refresh_from_db(using=OWNER)
    else:
        rows.bulk_create([model(**values)])
        made = rows.filter(known).order_by("pk").last()
        assert made is not None, reach.label
        key = made.pk
    who.rows[model] = key
    _enclose(reach, model, who, key)
    _age(model, rows.filter(pk=key), who, personal)


def _personal(label: str) -> set[str]:
    app = label.split(".", maxsplit=1)[0]
    if app not in OWN_APPS:
        return {one.name for one in apps.get_model(label)._meta.concrete_fields if isinstance(one, models.CharField)}
    declared = declaration_of(app)[label]
    return {name for kind, names in declared.items() if kind.erasure != "not_personal" for name in names}


def _is_free(one: Any) -> bool:
    kinds = (models.CharField, models.TextField, models.BinaryField, models.JSONField, ArrayField)
    return isinstance(one, kinds) and not one.choices


def _age(model: type[models.Model], rows: Any, who: Somebody, personal: set[str]) -> None:
    """Change the row once: what it held before is in a history now, and is one more thing to erase."""
    texts = [
        one
        for one in model._meta.concrete_fields
        if one.name in personal and _is_free(one) and isinstance(one, models.CharField | models.TextField)
        and (one.max_length or 99) >= LENGTH and one.name not in {"member_number", "identifier", "file"}
    ]  # fmt: skip
    if texts and not isinstance(texts[0], models.FileField):
        rows.update(**{texts[0].name: _text(texts[0], who, model._meta.label)})


def _text(one: Any, who: Somebody, label: str) -> str:
    word = who.word(min(LENGTH, one.max_length or LENGTH))
    if len(word) >= 6:
        who.canaries[word] = (label, one.name)
    return word


def _value(one: Any, who: Somebody, label: str, personal: bool, ended_on: datetime.date | None) -> Any:
    special = _special(one, who, label, ended_on)
    if special is not ...:
        return special
    if one.is_relation:
        if one.related_model in who.rows and not issubclass(one.related_model, Upload | StoredFile):
            return who.rows[one.related_model]
        return None if one.null else 1
    return one.choices[0][0] if one.choices else _made(one, who, label, personal)


def _made(one: Any, who: Somebody, label: str, personal: bool) -> Any:
    canary = who.word(min(LENGTH, getattr(one, "max_length", None) or LENGTH))
    if isinstance(one, ArrayField):
        return _list(one, who, label, canary)
    for kinds, make in MAKERS:
        if isinstance(one, kinds):
            value = make(who, canary)
            break
    else:
        return None
    if personal and len(canary) >= LEAST and isinstance(one, GREPPED) and not isinstance(one, models.DateTimeField):
        who.canaries[value.isoformat() if isinstance(value, datetime.date) else canary] = (label, one.name)
    return value


def _list(one: Any, who: Somebody, label: str, canary: str) -> list[Any]:
    """A list of one canary; nothing in a list of numbers, but the account's own."""
    if isinstance(one.base_field, models.BinaryField | models.CharField) and not one.base_field.choices:
        who.canaries[canary] = (label, one.name)
        return [canary.encode() if isinstance(one.base_field, models.BinaryField) else canary]
    return []


LEAST = 6
GREPPED = (models.CharField, models.TextField, models.BinaryField, models.JSONField, models.DateField)
TODAY = timezone.now()
DAYS = itertools.count()
"""Each day serves once: two persons never share one."""
MAKERS: tuple[tuple[Any, Callable[[Somebody, str], Any]], ...] = (
    (models.GenericIPAddressField, lambda _who, _word: "192.0.2.1"),
    (models.CharField | models.TextField | models.FileField, lambda _who, word: word),
    (models.BinaryField, lambda _who, word: word.encode()),
    (models.JSONField, lambda _who, word: {"x": word}),
    (models.DateTimeField, lambda who, _word: TODAY - datetime.timedelta(days=who.chance.randrange(4000, 9000))),
    (
        models.DateField,
        lambda _who, _word: datetime.date(2500, 1, 1) + datetime.timedelta(days=next(DAYS)),
    ),
    (models.BooleanField, lambda _who, _word: False),
    (models.DecimalField, lambda who, _word: Decimal(who.chance.randrange(1, 9))),
    (models.UUIDField, lambda who, _word: uuid.UUID(int=who.chance.getrandbits(128))),
    (models.IntegerField | models.FloatField, lambda who, _word: who.chance.randrange(1, 30_000)),
)
"""How a value of each kind of field is made; the first that fits. Those that are grepped are nowhere else."""


def _special(one: Any, who: Somebody, label: str, ended_on: datetime.date | None) -> Any:
    """What says whose row it is, and the days on which the law's delays run."""
    known = {
        "tenant_id": who.person.household_id,
        "subject_id": who.person.pk,
        "person_id": who.person.pk,
        "account_id": who.account.pk,
        "by_account": who.account.pk,
        "space": "adherent",
        "is_active": True,
    }
    if one.related_model is Person:
        return who.person.pk
    if one.related_model is Household:
        return who.person.household_id
    if one.related_model is Account:
        return who.account.pk
    if one.name in known and not one.is_relation:
        return known[one.name]
    exact = {
        ("members.Cover", "end_date"): ended_on,
        ("members.Cover", "start_date"): OLD,
        ("privacy.RightsRequest", "received_on"): OLD,
        ("privacy.RightsRequest", "state"): "answered",
        ("providers.Invoice", "member_number"): who.person.household.member_number,
        ("providers.Invoice", "rank"): who.person.rank,
    }
    return exact.get((label, one.name), ...)


def _enclose(reach: Reach, model: type[models.Model], who: Somebody, key: Any) -> None:
    """Files and documents, with a canary in each."""
    for name in reach.files:
        one: Any = model._meta.get_field(name)
        held = _upload(who, reach.label) if one.related_model is Upload else _file(who, reach.label)
        if one.many_to_many:
            through = one.remote_field.through
            through._base_manager.using(OWNER).create(
                **{f"{one.m2m_field_name()}_id": key, f"{one.m2m_reverse_field_name()}_id": held.pk}
            )
        else:
            model._base_manager.using(OWNER).filter(pk=key).update(**{name: held})


def _file(who: Somebody, label: str) -> StoredFile:
    word = who.word()
    who.canaries[word] = (label, "file")
    name = private_storage().save(f"{who.word()}.bin", ContentFile(word.encode()))
    stored = StoredFile(file=name, sha256="0" * 64, size=LENGTH, content_type="text/plain")
    stored.save(using=OWNER)
    return stored


def _upload(who: Somebody, label: str) -> Upload:
    upload = Upload(
        reference=who.word(),
        stored=_file(who, label),
        name=who.word(),
        content_type="x",
        size=1,
        sent_by_id=who.account.pk,
    )
    upload.save(using=OWNER)
    who.canaries[upload.name] = (label, "file")
    return upload
