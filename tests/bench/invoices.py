"""P3 for the professional's space: the list of invoices of a hospital against that of a practice."""

import datetime
from functools import partial

from django.db import connection
from django.utils import timezone

from portals.access import isolation
from providers.agreements.models import Professional
from tests import builders
from tests.bench.pages import signed_in
from tests.bench.rows import Row, Scale, paired

PRACTICE = 2_000
HOSPITAL = 2  # times the lines of the scale: two million at full scale
PAGES = {"list": "", "of a state": "?state=rejected", "of three months": "?received_from={}&received_to={}"}
REACH = 1.2

FILL = """
    INSERT INTO providers_invoice (invoice_number, professional_id, batch, care_date, member_number, rank, total,
        scheme_part, mutual_part, mode, received_on, status, reject_code, transfer_ref)
    SELECT to_char(n, 'FM000000000'), %(professional)s, n %% 1000, day - 1, 10000000 + n %% 500000, 1, 50, 35, 15,
        CASE n %% 10 WHEN 0 THEN 'PAPER' ELSE 'DRE' END, day,
        CASE WHEN n %% 50 = 0 THEN 'rejected' WHEN n %% 50 = 1 THEN 'checking' ELSE 'accepted' END, '', ''
    FROM generate_series(1, %(count)s) AS n, LATERAL (SELECT %(last)s::date - (n %% 1000)::int AS day) AS dated
"""


def p3(scale: Scale) -> list[Row]:
    """Server time of the list, whole and filtered, with two million invoices and with two thousand."""
    small, large = (professional_with(count) for count in (PRACTICE, scale.lines * HOSPITAL))
    today = timezone.localdate()
    start = today - datetime.timedelta(days=100)
    rows = []
    with signed_in(builders.account(large)) as ours, signed_in(builders.account(small)) as floor:
        for name, query in PAGES.items():
            address = "/professionnel/factures/" + query.format(f"{start:%d/%m/%Y}", f"{today:%d/%m/%Y}")
            medians = paired(partial(ours.get, address), partial(floor.get, address), scale.requests)
            rows.append(Row("P3", f"invoices {name}, {scale.lines * HOSPITAL} against {PRACTICE}", *medians, REACH))
    return rows


def professional_with(count: int) -> Professional:
    """A professional with so many invoices over the last thousand days."""
    of = builders.professional()
    builders.agreement(of)
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute(FILL, {"professional": of.pk, "count": count, "last": timezone.localdate()})
    return of
