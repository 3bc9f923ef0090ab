"""The letters of a breach: one PDF for the post, a sheet for each person."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.documents.actions import store
from portals.jobs import Job, handler
from privacy.breaches.telling.actions import LETTERS
from privacy.breaches.telling.listing import contacts_of
from privacy.breaches.telling.models import LetterBatch
from privacy.breaches.violations.models import DataCategory


@handler(LETTERS)
def print_letters(job: Job) -> None:
    """Render a batch, once."""
    batch = LetterBatch.objects.select_for_update(of=("self",)).select_related("breach").get(pk=job.subject_id)
    if batch.made_at is not None:
        return
    batch.stored = store(content=letters_pdf(batch), content_type="application/pdf", by=None)
    batch.made_at = timezone.now()
    batch.save(update_fields=["stored", "made_at"])


def letters_pdf(batch: LetterBatch) -> bytes:
    """Every letter of the batch, in the order of the log. In the system's row context."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

    deliveries = batch.deliveries.order_by("pk").select_related("concerned")
    everybody = [delivery.concerned for delivery in deliveries]
    contacts = contacts_of(everybody)
    context = {
        "breach": batch.breach,
        "contacts": [contacts[one.pk] for one in everybody if one.pk in contacts],
        "categories": [DataCategory(code).label for code in batch.breach.data_categories],
        "organisation": settings.ORGANISATION_FACTS,
        "space": "gestion",
        "today": timezone.localdate(),
    }
    return render_pdf(render_to_string("privacy/breaches/letters.html", context))
