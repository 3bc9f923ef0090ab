"""Portable data goes straight to the third party that the person chose, and nothing else does (PDP-8.7)."""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from portals import jobs
from portals.accounts.export.models import ExportTransfer, TransferState
from portals.accounts.export.recipients import Recipient
from portals.accounts.export.transfers import PUSH
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.portals.accounts.export.receiver import Receiver, receiving

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.7", "CGU-8.8")]

PAGE, SEND = "/compte/export/", "/compte/export/transmettre/"


@pytest.fixture
def receiver(tmp_path: Path, settings: Any) -> Iterator[Receiver]:
    with receiving(tmp_path) as one:
        settings.DATA_RECIPIENTS = one.settings
        yield one


@pytest.fixture
def alice(cast: Cast) -> Client:
    return builders.sign_in(Client(), cast.alice_account)


def again() -> None:
    """The next try of the job, at once."""
    jobs.ask(PUSH, key=str(ExportTransfer.objects.get().pk))
    jobs.run_due([PUSH])


def test_it_is_received_whole_and_recorded(receiver: Receiver, alice: Client, cast: Cast) -> None:
    assert alice.post(SEND, {"recipient": "voisine"}).status_code == 302
    jobs.run_due()
    ((headers, body),) = receiver.received
    transfer = ExportTransfer.objects.get()
    assert (transfer.state, transfer.status, transfer.recipient_name) == (TransferState.SENT, 201, "Mutuelle voisine")
    assert (transfer.sha256, transfer.size) == (hashlib.sha256(body).hexdigest(), len(body))
    assert headers["authorization"] == "Bearer jeton-d-essai"
    assert headers["idempotency-key"] == transfer.reference
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    assert headers["content-digest"] == f"sha-256=:{digest}:"
    package = zipfile.ZipFile(io.BytesIO(body))
    assert set(package.namelist()) == {"compte/portabilite.json", "adherent/fhir.json", "adherent/portabilite.json"}
    models = json.loads(package.read("adherent/portabilite.json"))["models"]
    assert cast.home.alice_line.benefit_ref in {row["benefit_ref"] for row in models["members.BenefitLine"]["rows"]}
    whole = b"".join(package.read(name) for name in package.namelist()).decode()
    for kept in (cast.bob_line.benefit_ref, cast.home.samir_line.benefit_ref, "FR1420041010050500013M02606"):
        assert kept not in whole
    assert "members.RightsLook" not in models  # given for access, and not for portability
    actions = list(Entry.objects.filter(object_kind="data_transfer").order_by("id").values_list("action", flat=True))
    assert actions == ["account.transfer_requested", "account.transfer_made"]
    assert "Mutuelle voisine Envoyée" in words_of(alice.get(PAGE).content.decode())


def test_what_was_not_received_leaves_again_under_the_same_reference(receiver: Receiver, alice: Client) -> None:
    receiver.statuses = [503, 302, 201]
    alice.post(SEND, {"recipient": "voisine"})
    jobs.run_due([PUSH])
    assert ExportTransfer.objects.get().state == TransferState.ASKED
    again()  # a redirect is not followed: the token goes nowhere else
    again()
    assert ExportTransfer.objects.get().state == TransferState.SENT
    assert len({headers["idempotency-key"] for headers, _body in receiver.received}) == 1
    assert len(receiver.received) == 3


def test_a_refusal_is_told(receiver: Receiver, alice: Client) -> None:
    receiver.statuses = [422]
    alice.post(SEND, {"recipient": "voisine"})
    jobs.run_due([PUSH])
    assert ExportTransfer.objects.get().state == TransferState.REFUSED
    assert "Refusée par le destinataire" in words_of(alice.get(PAGE).content.decode())
    assert Entry.objects.filter(action="account.transfer_refused").count() == 1


def test_nothing_leaves_for_a_server_whose_certificate_nobody_vouches_for(
    receiver: Receiver, alice: Client, settings: Any
) -> None:
    settings.DATA_RECIPIENTS = [{**receiver.settings[0], "authority": ""}]
    alice.post(SEND, {"recipient": "voisine"})
    jobs.run_due([PUSH])
    assert not receiver.received
    assert ExportTransfer.objects.get().state == TransferState.ASKED


def test_one_a_day_to_the_same_and_to_nobody_unknown(receiver: Receiver, alice: Client) -> None:
    assert alice.post(SEND, {"recipient": "inconnue"}).status_code == 400
    assert alice.post(SEND, {"recipient": "voisine"}).status_code == 302
    refused = alice.post(SEND, {"recipient": "voisine"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "86400")
    assert ExportTransfer.objects.count() == 1


def test_a_recipient_needs_https_and_a_token() -> None:
    for url, token in (("http://voisine.example", "x"), ("https://voisine.example", "")):
        with pytest.raises(ImproperlyConfigured):
            Recipient("voisine", "Mutuelle voisine", url, token)
    assert "secret" not in repr(Recipient("voisine", "Mutuelle voisine", "https://voisine.example", "secret"))


def test_nothing_is_offered_without_a_recipient(alice: Client) -> None:
    assert "Les envoyer à un autre organisme" not in alice.get(PAGE).content.decode()
