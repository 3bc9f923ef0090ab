"""The text: published once, readable by anyone, never changed."""

import datetime
import hashlib
import re

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from portals.terms.actions import publish
from portals.terms.models import TermsVersion
from portals.terms.queries import current_terms
from tests.pages import words_of

CHANGES = "<p>Un mot change.</p>"


@pytest.mark.commitment("CGU-1.5")
def test_the_terms_are_read_and_printed_without_signing_in(db: None, client: Client) -> None:
    page = client.get("/cgu/").text
    assert 'href="/cgu/"' in client.get("/").text
    for article in range(1, 10):
        assert f'id="art-{article}"' in page
    words = words_of(page)
    for space in ("Espace adhérent", "Espace employeur", "Espace professionnel de santé"):
        assert space in words
    assert "Nantes" in words and "{{" not in page


def test_the_first_version_is_there_with_its_fingerprint(db: None) -> None:
    version = TermsVersion.objects.get()
    assert version.number == 1
    assert version.text_sha256 == hashlib.sha256(version.text.encode()).hexdigest()
    assert not re.search(r"{[{%]", version.text + version.summary)


@pytest.mark.commitment("CGU-2.9")
def test_the_published_text_names_the_label_of_the_box(db: None) -> None:
    assert "j'accepte les présentes CGU" in TermsVersion.objects.get().text


@pytest.mark.commitment("CGU-2.12")
def test_a_version_announced_for_later_is_readable_and_binds_nobody_yet(db: None, client: Client) -> None:
    later = timezone.now() + datetime.timedelta(days=30)
    publish(by=None, text="<p>Demain.</p>", summary="<p>Bref.</p>", changes=CHANGES, effective_at=later)
    in_force = current_terms()
    assert in_force is not None and in_force.number == 1
    assert "Elle entrera en vigueur" in client.get("/cgu/2/").text
    assert "version 1" in words_of(client.get("/cgu/").text)


def test_an_old_version_stays_in_the_archive(db: None, client: Client) -> None:
    publish(by=None, text="<p>Nouveau.</p>", summary="<p>Bref.</p>", changes=CHANGES)
    old = words_of(client.get("/cgu/1/").text)
    assert "n’est plus en vigueur" in old and "Version 2" in old
    assert client.get("/cgu/3/").status_code == 404


def test_the_application_cannot_delete_a_version(db: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        TermsVersion.objects.all().delete()
