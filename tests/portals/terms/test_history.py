"""The history of acceptances as a signed PDF: what it says is what was recorded, and a changed byte shows."""

import io
import re

import pikepdf
import pytest
from django.test import Client
from pypdf import PdfReader

from portals.accounts import limits
from portals.accounts.models import Account
from portals.documents.pdf import render_pdf
from portals.documents.signing import NotSigned, is_ours_and_unchanged, sign
from portals.presentation.formats import instant_with_zone
from portals.terms.history import history_html, history_pdf
from portals.terms.models import Acceptance, Capacity
from portals.terms.views import HISTORY_BY_ACCOUNT
from portals.terms.wording import DECLARATION, LABEL
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.12")]

FOOT = re.compile(r"Page\d+sur\d+")


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def squeezed(text: str) -> str:
    """Letters and signs without any space or bullet: how a line was broken says nothing."""
    return re.sub(r"[\s•]+", "", text)


def text_of(pdf: bytes, account: Account) -> str:
    """The words of every page in reading order, without the foot that each page repeats."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    foot = squeezed(
        "Harmonie Mutuelle, régie par le livre II du code de la mutualité. Usage privé ou familial, ou gestion du contrat"
        f" (CGU, article 6.2). Compte {account.identifier}"
    )
    return "".join(FOOT.sub("", squeezed(page.extract_text()).replace(foot, "")) for page in pages)


def test_it_tells_each_acceptance_with_its_evidence_and_each_text_in_full(account: Account) -> None:
    second = builders.terms_version(text='<h2 id="art-1">Article 1</h2><p id="cgu-1-1">1.1. Un texte neuf.</p>')
    account.accepted_terms = second
    account.save(update_fields=["accepted_terms"])
    Acceptance.objects.create(
        account=account, version=second, text_sha256=second.text_sha256, label=LABEL, declaration=DECLARATION,
        capacity=Capacity.GUARDIAN, representative_name="Yves Marin", address="2001:db8::7",
    )  # fmt: skip
    text = text_of(history_pdf(by=account), account)
    records = Acceptance.objects.filter(account=account).select_related("version")
    assert len(records) == 2
    for record in records:
        for value in (
            instant_with_zone(record.accepted_at), record.address, record.label, record.declaration, record.text_sha256,
            record.get_capacity_display(), record.representative_name,
        ):  # fmt: skip
            assert squeezed(str(value)) in text
        assert squeezed(words_of(record.version.text)) in text, record.version
    assert "heuredeParis(UTC+0" in text


def test_whoever_accepted_nothing_gets_a_document_that_says_so(account: Account) -> None:
    person = builders.person(builders.household())
    assert "aucune version" in words_of(history_html(builders.account(person, state="started")))


def test_the_signature_is_ours_and_one_changed_byte_breaks_it(account: Account) -> None:
    signed = history_pdf(by=account)
    assert is_ours_and_unchanged(signed)
    for place in (len(signed) // 10, len(signed) // 2):
        changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        assert not held(changed)
    assert not held(signed + b"\n% more")


def held(pdf: bytes) -> bool:
    """Whether the file still passes; one that can no longer be read does not."""
    try:
        return is_ours_and_unchanged(pdf)
    except NotSigned:
        return False


def test_what_nobody_signed_is_told_apart(account: Account) -> None:
    with pytest.raises(NotSigned):
        is_ours_and_unchanged(render_pdf(history_html(account)))
    with pytest.raises(NotSigned):
        is_ours_and_unchanged(b"no PDF at all")


def test_the_tags_survive_the_signature(account: Account) -> None:
    plain = render_pdf(history_html(account))
    signed = sign(plain, reason="Essai")
    assert signed.startswith(plain), "an incremental update leaves what was there"
    with pikepdf.open(io.BytesIO(plain)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert b"pdfuaid" in after.Root.Metadata.read_bytes()
        assert str(after.Root.Lang) == "fr" and bool(after.Root.MarkInfo.Marked)
        assert tags_of(after) == tags_of(before)
        hidden = 2
        (field,) = after.Root.AcroForm.Fields
        assert int(field.F) & hidden, "PDF/UA wants an annotation outside the tags to be hidden"


def tags_of(document: pikepdf.Pdf) -> int:
    """How many structure elements the tree holds."""

    def count(element: pikepdf.Object) -> int:
        if isinstance(element, pikepdf.Array):
            return sum(count(kid) for kid in element)
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            return 1 + (count(element.K) if "/K" in element else 0)
        return 0

    return count(document.Root.StructTreeRoot.K)


def test_it_is_downloaded_from_the_account_also_by_whoever_refuses_the_new_terms(
    account: Account, client: Client
) -> None:
    builders.sign_in(client, account)
    assert "/compte/cgu.pdf" in client.get("/compte/").text
    builders.terms_version()
    answer = client.get("/compte/cgu.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert 'attachment; filename="cgu-acceptees.pdf"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert is_ours_and_unchanged(answer.content)


def test_a_session_without_its_second_factor_does_not_get_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.company_account)
    builders.sign_in(client, cast.company_account)
    session = client.session
    session.pop("otp_device_id", None)
    session.save()
    assert client.get("/compte/cgu.pdf").status_code == 302


def test_it_is_made_a_few_times_an_hour_at_most(account: Account, client: Client) -> None:
    builders.sign_in(client, account)
    for _ in range(HISTORY_BY_ACCOUNT.amount):
        limits.count(HISTORY_BY_ACCOUNT, str(account.pk))
    assert client.get("/compte/cgu.pdf").status_code == 429
