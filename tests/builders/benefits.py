"""Lines of care, and the acts that they name."""

import copy
import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from members.benefits.models import ActCode, ActFamily, BenefitLine, PaidTo, Source
from members.coverage.models import Policy
from members.households.models import Person
from portals.access import isolation
from tests.builders.households import policy
from tests.builders.numbers import number


def benefit(of: Person, **fields: Any) -> BenefitLine:
    """A consultation of 30 €: 19 € from the scheme (2 € deducted), 9 € from the mutual, 2 € stay with the person.

    Paid to the insured, twelve days after the care of 24 September 2026. Amounts may be given as texts.
    `policy` is the household's first one (made when there is none); `act_code` is a code, made when unknown.
    """
    with isolation.system():
        line = _line(of, **fields)
        _ensure_month(line.care_date)
        line.save(force_insert=True)
        return line


def benefits(of: Person, count: int, *, last: datetime.date = datetime.date(2026, 9, 24), **fields: Any) -> None:
    """So many lines of `benefit`, one a day and again from the start after 250 days, each a payment of its own."""
    with isolation.system():
        model = _line(of, **fields)
        lines = []
        for rank in range(count):
            line = copy.copy(model)
            line.benefit_ref, line.payment_ref = f"LIGNE{number():09d}", f"VIR{number():09d}"
            line.care_date = last - datetime.timedelta(days=rank % 250)
            lines.append(line)
        for month in {line.care_date.replace(day=1) for line in lines}:
            _ensure_month(month)
        BenefitLine.objects.bulk_create(lines)


def _line(of: Person, **fields: Any) -> BenefitLine:
    under = fields.pop("policy", None) or Policy.objects.filter(household_id=of.household_id).first()
    code = fields.pop("act_code", "G")
    family = fields.pop("family", "MED")
    line = BenefitLine(
        **{
            "benefit_ref": f"LIGNE{number():09d}",
            "policy": under or policy(of.household),
            "person": of,
            "household_id": of.household_id,
            "care_date": datetime.date(2026, 9, 24),
            "act_code": act(code, family=family),
            "act_label": "Consultation généraliste",
            "professional_name": "Dr Paul Hervé",
            "expense": "30.00",
            "base": "30.00",
            "scheme_rate": "0.70",
            "scheme_amount": "19.00",
            "deduction": "2.00",
            "mutual_amount": "9.00",
            "paid_to": PaidTo.INSURED,
            "payment_ref": "VIR20261006000001",
            "payment_date": datetime.date(2026, 10, 6),
            "source": Source.NOEMIE,
            **fields,
        }
    )
    line.clean_fields(exclude=["policy", "person", "household", "act_code"])  # texts become Decimals
    return line


def _ensure_month(day: datetime.date) -> None:
    """As the feed does, so that a feed may follow in the same test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_month('members_benefitline', %s)", [day])


def reversal(of: BenefitLine, **fields: Any) -> BenefitLine:
    """The line that cancels `of`: its amounts negated, under a reference of its own."""
    negated = {
        name: -Decimal(getattr(of, name))
        for name in ("expense", "base", "scheme_amount", "deduction", "mutual_amount", "other_amount")
    }
    same = {
        name: getattr(of, name)
        for name in ("policy", "care_date", "act_label", "professional_name", "scheme_rate", "paid_to", "source")
    }
    return benefit(of.person, **{"act_code": of.act_code_id, **same, **negated, **fields})


def act(code: str, *, family: str = "MED", **fields: Any) -> ActCode:
    """The act code of the reference tables, or a new one in `family`."""
    ActFamily.objects.get_or_create(code=family, defaults={"label": family.title()})
    made, _ = ActCode.objects.get_or_create(
        code=code, defaults={"label": f"Acte {code}", "family_id": family, **fields}
    )
    return made
