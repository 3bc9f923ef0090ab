"""The demo's mailbox: the messages that the file backend kept under DEMO_DIR/mail, newest first."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SEPARATOR = b"-" * 79
SHOWN = 100


@dataclass(frozen=True)
class KeptMail:
    """One message as it would have been received. `name` addresses it in the mailbox."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    body: str


def kept_mails(folder: Path) -> list[KeptMail]:
    """Every message kept in `folder`, newest first."""
    mails = [mail for path in folder.glob("*.log") for mail in _read(path)]
    return sorted(mails, key=lambda mail: mail.sent_at, reverse=True)


def _read(path: Path) -> list[KeptMail]:
    parts = re.split(rb"^" + re.escape(SEPARATOR) + rb"\r?\n", path.read_bytes(), flags=re.MULTILINE)
    return [_parsed(f"{path.stem}-{index}", part) for index, part in enumerate(parts) if part.strip()]


def _parsed(name: str, raw: bytes) -> KeptMail:
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return KeptMail(
        name=name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        body=body.get_content() if body else "",
    )


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    mails = kept_mails(Path(settings.MAIL_FOLDER))
    return render(request, "demo/mailbox.html", {"mails": mails[:SHOWN], "total": len(mails)})


@login_not_required
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    for mail in kept_mails(Path(settings.MAIL_FOLDER)):
        if mail.name == name:
            return render(request, "demo/mail.html", {"mail": mail})
    raise Http404
