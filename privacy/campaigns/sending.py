"""The jobs of a campaign: who receives it, then one job a recipient, who is asked for again just before."""

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from portals import jobs
from portals.accounts.models import Account, AccountState
from portals.editorial.information.markup import INLINE, to_html
from portals.jobs import Job, Priority, handler, mail_handler
from portals.presentation.mail import compose
from privacy.campaigns import reading
from privacy.campaigns.actions import ADDRESS, TRY
from privacy.campaigns.addressing import recipients_of, still_accepts
from privacy.campaigns.audiences import Recipient
from privacy.campaigns.links import address_of
from privacy.campaigns.models import Campaign, CampaignMessage
from privacy.consents.holders import Holder

MESSAGE = "campaign.message"


@handler(ADDRESS)
def address(job: Job) -> None:
    """Compute who receives it, now, and promise a message to each."""
    campaign = Campaign.objects.select_related("purpose").get(pk=job.subject_id)
    rows = [
        CampaignMessage(
            campaign=campaign, space=one.holder.space, tenant_id=one.holder.tenant_id,
            subject_id=one.holder.subject_id, account_id=one.account_id,
        )
        for one in recipients_of(campaign)
    ]  # fmt: skip
    CampaignMessage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5_000)
    made = list(CampaignMessage.objects.filter(campaign=campaign).values_list("pk", flat=True))
    jobs.enqueue_all(MESSAGE, [(str(pk), pk) for pk in made], priority=Priority.BATCH)
    campaign.recipients = len(made)
    campaign.save(update_fields=["recipients"])


@mail_handler(MESSAGE)
def message(job: Job) -> EmailMessage | None:
    """To one recipient, unless they have changed their mind since the campaign was sent."""
    row = CampaignMessage.objects.select_related("campaign__purpose").filter(pk=job.subject_id).first()
    if row is None:
        return None
    recipient = Recipient(Holder(row.space, row.subject_id, row.tenant_id), row.account_id)
    to = _address_of(row.account_id)
    if not to or not still_accepts(row.campaign, recipient):
        row.held_back_at = timezone.now()
        row.save(update_fields=["held_back_at"])
        return None
    return _written(row.campaign, to=to, leave_url=address_of(row.pk))


@mail_handler(TRY)
def trial(job: Job) -> EmailMessage | None:
    """To its author; its link leaves no list."""
    campaign = Campaign.objects.select_related("purpose", "written_by").get(pk=job.subject_id)
    return _written(campaign, to=campaign.written_by.email, leave_url=address_of(0))


def _address_of(account_id: int) -> str:
    """Where to write, read as the role `campaigns`; nothing when the account may no longer be written to."""
    with reading.contract_only():
        accounts = Account.objects.filter(pk=account_id, is_active=True, state=AccountState.VALIDATED)
        return accounts.values_list("email", flat=True).first() or ""


def _written(campaign: Campaign, *, to: str, leave_url: str) -> EmailMessage:
    """The message, with the two headers by which a mail reader leaves the list in one click (RFC 8058)."""
    text = campaign.purpose.texts.order_by("-number")[0]
    values: dict[str, Any] = {
        "subject": campaign.subject,
        "body": _linked(to_html(campaign.text)),
        "plain": plain(campaign.text),
        "label": text.label,
        "leave_url": leave_url,
        "choices_url": settings.SITE_ADDRESS.rstrip("/") + reverse("privacy:preferences"),
    }
    written = compose(
        to=to, subject=campaign.subject, template="privacy/campaigns/emails/message", space=campaign.space,
        path=reverse("portals:login"), context=values,
    )  # fmt: skip
    written.extra_headers["List-Unsubscribe"] = f"<{leave_url}>"
    written.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return written


def plain(text: str) -> str:
    """The text without its signs; the address of a link follows its words."""
    words = INLINE.sub(lambda found: found["bold"] or f"{found['words']} ({_whole(found['address'])})", text)
    return re.sub(r"(?m)^#{2,3} ", "", words)


def _whole(address: str) -> str:
    return settings.SITE_ADDRESS.rstrip("/") + address if address.startswith("/") else address


def _linked(html: str) -> str:
    """Links within the site get its address: an e-mail is read elsewhere."""
    site = settings.SITE_ADDRESS.rstrip("/")
    return mark_safe(html.replace('href="/', f'href="{site}/'))  # noqa: S308 made by `to_html`, which escapes
