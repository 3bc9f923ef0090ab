"""PAdES signatures of the PDFs that serve as proof, by pyHanko with the mutual's own key.

The signature is added after the document (incremental update): what WeasyPrint wrote, tags included, stays byte for
byte. It certifies the document and allows no later change. Without a time-stamping authority, the time in it is ours.
"""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from django.conf import settings

FIELD = "Signature"
LABEL = "Signature électronique de l’organisme"


class NotSigned(ValueError):
    """The file bears no signature at all, or cannot be read as a PDF."""


def sign(pdf: bytes, *, reason: str) -> bytes:
    """The document with our certifying signature; `reason` is shown by PDF readers."""
    return _apart(lambda: _sign(pdf, reason))


def is_ours_and_unchanged(pdf: bytes) -> bool:
    """Whether our key signed the whole file and nothing changed since. Raises NotSigned."""
    return _apart(lambda: _verify(pdf))


def _sign(pdf: bytes, reason: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        name=settings.ORGANISATION_FACTS.name,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    # PDF/UA asks that an annotation outside the tags be hidden.
    field = SigFieldSpec(
        FIELD,
        readable_field_name=LABEL,
        invis_sig_settings=InvisSigSettings(set_print_flag=False, set_hidden_flag=True),
    )
    signer = PdfSigner(
        metadata, signer=_signer(settings.SIGNING_KEY, settings.SIGNING_CERTIFICATE), new_field_spec=field
    )
    written = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=written)
    return written.getvalue()


def _verify(pdf: bytes) -> bool:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    ours = _signer(settings.SIGNING_KEY, settings.SIGNING_CERTIFICATE).signing_cert
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            raise NotSigned
        context = ValidationContext(trust_roots=[ours], allow_fetching=False)
        status = validate_pdf_signature(signatures[0], signer_validation_context=context)
    except (PdfError, SignatureValidationError) as error:
        raise NotSigned from error
    is_whole = len(signatures) == 1 and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return is_whole and bool(status.bottom_line) and status.signing_cert.dump() == ours.dump()


@lru_cache(maxsize=2)
def _signer(key: bytes, certificate: bytes) -> Any:
    """pyHanko's signer for this key (PEM, without password) and this certificate (PEM, followed by its chain)."""
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    chain = list(load_certs_from_pemder_data(certificate))
    return SimpleSigner(
        signing_cert=chain[0],
        signing_key=load_private_key_from_pemder_data(key, None),
        cert_registry=SimpleCertificateStore.from_certs(chain),
    )


def _apart[Result](work: Callable[[], Result]) -> Result:
    """pyHanko runs an event loop of its own, which only a thread without one may start."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
