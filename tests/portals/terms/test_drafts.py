"""From the draft to the published version, in the staff's site; and what nobody can change afterwards."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from portals.gestion.roles import Role
from portals.presentation.formats import short_date
from portals.terms.actions import ChangesUntold, EffectiveTooEarly, publish, publish_draft
from portals.terms.markup import MarkupRefused
from portals.terms.models import TermsDraft, TermsVersion
from portals.terms.queries import current_terms
from privacy.audit.models import Entry
from tests import builders
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.12")]

ADD = "/gestion/portals/termsdraft/add/"
TEXT = '<h2 id="art-1">Article 1</h2><p id="cgu-1-1">1.1. Un texte neuf.</p>'


@pytest.fixture
def dpo(client: Client) -> Client:
    return builders.enter_gestion(client, builders.colleague(Role.DPO))


def answers(**changes: str) -> dict[str, str]:
    return {"text": TEXT, "summary": "<p>Bref.</p>", "changes": "<p>Tout change.</p>", "effective_on": "", **changes}


def draft(client: Client, **changes: str) -> TermsDraft:
    assert client.post(ADD, answers(**changes)).status_code == 302
    return TermsDraft.objects.get()


def test_a_draft_begins_as_the_version_before_it(dpo: Client) -> None:
    assert "1.1. Harmonie Mutuelle" in words_of(dpo.get(ADD).text)


def test_it_is_edited_previewed_and_compared_before_it_is_published(dpo: Client) -> None:
    kept = draft(dpo)
    edit = f"/gestion/portals/termsdraft/{kept.pk}/change/"
    assert dpo.post(edit, answers(changes="<p>Presque tout change.</p>")).status_code == 302
    assert f"/gestion/portals/termsdraft/{kept.pk}/apercu/" in dpo.get(edit).text
    preview = dpo.get(f"/gestion/portals/termsdraft/{kept.pk}/apercu/").text
    assert "Presque tout change." in preview and "Un texte neuf." in preview and "<del>" in preview
    assert Client().get("/cgu/2/").status_code == 404, "nobody reads a draft"


def test_publishing_announces_it_or_puts_it_in_force_and_ends_the_draft(dpo: Client) -> None:
    day = timezone.localdate() + datetime.timedelta(days=30)
    kept = draft(dpo, effective_on=short_date(day))
    page = f"/gestion/portals/termsdraft/{kept.pk}/publier/"
    assert "ne change plus" in words_of(dpo.get(page).text) and not TermsVersion.objects.filter(number=2).exists()
    assert dpo.post(page).status_code == 302
    version = TermsVersion.objects.get(number=2)
    assert timezone.localtime(version.effective_at) == timezone.make_aware(
        datetime.datetime.combine(day, datetime.time())
    )
    assert (version.text, version.changes) == (TEXT, "<p>Tout change.</p>") and not TermsDraft.objects.exists()
    in_force = current_terms()
    assert in_force is not None and in_force.number == 1
    public = words_of(Client().get("/cgu/2/").text)
    assert "Elle entrera en vigueur" in public and "Tout change." in public
    assert Entry.objects.filter(action="terms.published", object_id="2").exists()
    assert dpo.post(page).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"changes": ""}, "ce qui change"),
        ({"effective_on": "01/01/2026"}, "La date d’effet est passée"),
    ],
)
def test_what_is_not_ready_is_not_published(dpo: Client, changes: dict[str, str], words: str) -> None:
    kept = draft(dpo, **changes)
    page = dpo.post(f"/gestion/portals/termsdraft/{kept.pk}/publier/")
    assert page.status_code == 200 and words in words_of(page.text)
    assert TermsVersion.objects.count() == 1 and TermsDraft.objects.exists()


def test_a_draft_with_a_script_is_not_kept(dpo: Client) -> None:
    page = dpo.post(ADD, answers(text="<script>alert(1)</script>"))
    assert page.status_code == 200 and "n’est pas admise" in words_of(page.text)
    assert not TermsDraft.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.SECURITY, Role.AUDITOR, Role.MEDICAL_ADVISER])
def test_only_the_dpo_writes_and_publishes(role: Role, client: Client) -> None:
    kept = TermsDraft.objects.create(text=TEXT, summary="<p>Bref.</p>", changes="<p>Tout.</p>")
    builders.enter_gestion(client, builders.colleague(role))
    assert client.get(ADD).status_code == 403
    assert client.post(f"/gestion/portals/termsdraft/{kept.pk}/publier/").status_code == 403
    assert TermsVersion.objects.count() == 1


def test_a_draft_is_published_once() -> None:
    by = builders.colleague(Role.DPO)
    kept = TermsDraft.objects.create(text=TEXT, summary="<p>Bref.</p>", changes="<p>Tout.</p>")
    publish_draft(by=by, draft=kept)
    with pytest.raises(TermsDraft.DoesNotExist):
        publish_draft(by=by, draft=kept)


def test_the_action_refuses_silence_the_past_and_forbidden_markup() -> None:
    given: dict[str, Any] = {"by": None, "text": TEXT, "summary": "<p>Bref.</p>"}
    with pytest.raises(ChangesUntold):
        publish(changes=" ", **given)
    now = timezone.now()
    with pytest.raises(EffectiveTooEarly):
        publish(changes="<p>Tout.</p>", effective_at=now - datetime.timedelta(minutes=1), **given)
    publish(changes="<p>Tout.</p>", effective_at=now + datetime.timedelta(days=2), **given)
    with pytest.raises(EffectiveTooEarly):
        publish(changes="<p>Tout.</p>", effective_at=now + datetime.timedelta(days=1), **given)
    with pytest.raises(MarkupRefused):
        publish(changes="<img>", **given)


@pytest.mark.parametrize("field", ["text", "summary", "changes", "text_sha256", "effective_at"])
def test_the_application_cannot_change_a_published_version(field: str) -> None:
    value = timezone.now() if field == "effective_at" else "a" * 64
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        TermsVersion.objects.update(**{field: value})
