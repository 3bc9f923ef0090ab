"""What the home page says of technical accounts: those of a year are there to be read."""

import datetime

from django.db.models.functions import TruncDate
from django.urls import reverse

from employers.companies import tasks
from employers.permissions import ServiceCode
from employers.technical.models import TechnicalAccount
from portals.presentation.formats import long_date

NEWS = datetime.timedelta(days=60)


def rows(asked: tasks.Asked) -> list[tasks.Rows]:
    """The last year, during the weeks that follow its publication."""
    lately = TechnicalAccount.objects.filter(company=asked.company_id, published_at__date__gt=asked.today - NEWS)
    latest = lately.order_by("-year", "-published_at").values("pk")[:1]
    return [
        tasks.Rows(TechnicalAccount.objects.filter(pk__in=latest), number="year", day=TruncDate("published_at"))
    ]  # fmt: skip


def tell(_asked: tasks.Asked, found: tasks.Found) -> tasks.Task:
    return tasks.Task(
        title=f"Lire les comptes techniques {found.number}",
        url=reverse("employers:technical_account", kwargs={"year": found.number}),
        words=f"Publiés le {long_date(found.day)}" if found.day else "",
    )


tasks.register("technical accounts", ServiceCode.TECHNICAL_ACCOUNTS, rows=rows, tell=tell)
