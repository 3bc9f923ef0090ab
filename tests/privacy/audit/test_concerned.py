"""Whose record it is stands in the entry, so that people find who looked at theirs."""

import pytest

from portals.signals import Concerned, announce
from privacy.audit import record
from privacy.audit.models import Entry
from privacy.audit.searching import about_account, about_person

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.5")]


def test_one_person_alone_is_the_subject() -> None:
    record("gestion.consulted", by=None, concerned=Concerned(persons=frozenset([7])))
    entry = Entry.objects.get()
    assert (entry.subject_id, entry.details) == (7, {})


def test_several_persons_and_accounts_are_named_in_the_details() -> None:
    announce("gestion.listed", by=None, concerned=Concerned(frozenset([12, 7]), frozenset([3])))
    entry = Entry.objects.get()
    assert (entry.subject_id, entry.details) == (None, {"about": "p7 p12 a3"})


def test_each_of_them_finds_the_entry_and_nobody_else_does() -> None:
    record("gestion.listed", by=None, concerned=Concerned(frozenset([12, 7]), frozenset([3])))
    assert [Entry.objects.filter(about_person(number)).count() for number in (7, 12, 1, 2, 3)] == [1, 1, 0, 0, 0]
    assert [Entry.objects.filter(about_account(number)).count() for number in (3, 7)] == [1, 0]
