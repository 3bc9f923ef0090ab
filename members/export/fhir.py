"""The portable data of a member as a FHIR R4 Bundle: Patient, Coverage, ExplanationOfBenefit (PDP-8.7).

Resources are checked by `fhir.resources` as they are written, one at a time: memory does not grow with the lines. The
library's R4B release is R4 (4.0.1) for these three resources. Amounts in euros; days are of Europe/Paris.
"""

import datetime
import io
import json
import re
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

from members.benefits.models import BenefitLine
from members.benefits.queries import lines_seen
from members.coverage.models import Cover
from members.households.models import Person
from members.households.queries import viewpoint_by
from members.households.rules import Viewpoint
from portals.access.models import Grant
from portals.accounts.export.registry import Content

CHUNK = 500
EURO = "EUR"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
GENDERS = {"1": "male", "2": "female"}
OURS = re.compile(r'("(?:id|value)": )"[^"\\]+"')
"""What differs between two resources that are alike, and is written by us: their numbers and those of payments."""
RELATIONS = {"member": "self", "spouse": "spouse", "child": "child"}

type Resource = dict[str, Any]


def fhir_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """One bundle of the persons whose care the grant reads; nothing when the person has left the household."""
    try:
        view = viewpoint_by(grant, day=timezone.localdate())
    except Person.DoesNotExist:
        return
    written = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever copies it
    text = io.TextIOWrapper(written, encoding="utf-8")
    write_bundle(view, text)
    text.detach()
    written.seek(0)
    yield "fhir.json", written


def write_bundle(view: Viewpoint, target: IO[str]) -> int:
    """Write the bundle; returns how many resources it holds. Raises pydantic.ValidationError on one that is not FHIR."""
    from fhir.resources.R4B.coverage import Coverage  # a third of a second to load: only who writes one waits
    from fhir.resources.R4B.explanationofbenefit import ExplanationOfBenefit
    from fhir.resources.R4B.patient import Patient

    instant = timezone.now().isoformat(timespec="seconds")
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": instant, "language": "fr"}
    target.write(json.dumps(head)[:-1] + ', "entry": [')
    count = 0
    checked: set[str] = set()
    for kind, resources in (
        (Patient, _patients(view)), (Coverage, _coverages(view)), (ExplanationOfBenefit, _benefits(view)),
    ):  # fmt: skip
        for resource in resources:
            shape = _shape_of(resource)
            if shape not in checked:
                kind.model_validate(resource)
                checked.add(shape)
            address = f"{_system(resource['resourceType'])}/{resource['id']}"
            entry = {"fullUrl": address, "resource": resource}
            target.write((",\n" if count else "\n") + json.dumps(entry, ensure_ascii=False, default=_plain))
            count += 1
    target.write("\n]}\n")
    return count


def _shape_of(resource: Resource) -> str:
    """What FHIR may refuse in a resource: its structure and its texts.

    Amounts and days cannot be refused once one of them was not: they come from typed columns. Two visits to the same
    doctor are checked once, which is what makes thousands of lines quick.
    """
    return OURS.sub(r'\1""', json.dumps(resource, ensure_ascii=False, default=_type_of))


def _type_of(value: Any) -> list[str]:
    """A list, because no text can then be taken for it."""
    return [type(value).__name__]


def _patients(view: Viewpoint) -> Iterator[Resource]:
    persons = Person.objects.filter(household_id=view.household_id, pk__in=view.seen_ids)
    for person in persons.select_related("household").order_by("rank", "pk"):
        is_own = person.pk == view.viewer.id
        yield {
            "resourceType": "Patient",
            "id": _patient_id(person.pk),
            "identifier": [{"system": _system("adherent"), "value": f"{person.household.member_number}-{person.rank}"}],
            "name": _names(person),
            "birthDate": person.birth_date,
            "gender": GENDERS.get(person.sex, "unknown"),
            **(_reached(person) if is_own else {}),
        }


def _names(person: Person) -> list[Resource]:
    given = person.given_names.split()
    names = [{"use": "official", "family": person.family_name, **({"given": given} if given else {})}]
    if person.birth_name:
        names.append({"use": "maiden", "family": person.birth_name})
    return names


def _reached(person: Person) -> Resource:
    """What reaches a person is told to that person only."""
    told: Resource = {}
    ways = (("email", person.email), ("phone", person.phone))
    telecom = [{"system": system, "value": value} for system, value in ways if value]
    if telecom:
        told["telecom"] = telecom
    lines = [line for line in (person.address_line1, person.address_line2) if line]
    if lines or person.city:
        address = {"line": lines, "postalCode": person.postcode, "city": person.city, "country": person.country}
        told["address"] = [{name: value for name, value in address.items() if value}]
    return told


def _coverages(view: Viewpoint) -> Iterator[Resource]:
    covers = Cover.objects.filter(household_id=view.household_id, person__in=view.seen_ids)
    for cover in covers.select_related("policy__plan", "person").order_by("start_date", "pk"):
        is_over = cover.end_date is not None and cover.end_date < view.day
        relation = RELATIONS.get(cover.person.role, "other")
        yield {
            "resourceType": "Coverage",
            "id": f"coverage-{cover.pk}",
            "identifier": [{"system": _system("contrat"), "value": cover.policy.policy_number}],
            "status": "cancelled" if is_over else "active",
            "type": {"text": "Complémentaire santé"},
            "beneficiary": {"reference": f"Patient/{_patient_id(cover.person_id)}"},
            "relationship": _coded("subscriber-relationship", relation),
            "period": {"start": cover.start_date, **({"end": cover.end_date} if cover.end_date else {})},
            "payor": [_insurer()],
            "class": [
                {"type": _coded("coverage-class", "plan"), "value": cover.policy.plan.plan_code, "name": cover.policy.plan.name}
            ],
        }  # fmt: skip


def _benefits(view: Viewpoint) -> Iterator[Resource]:
    covers = _covers_of(view)
    for line in lines_seen(view).order_by("care_date", "pk").iterator(chunk_size=CHUNK):
        yield _benefit(line, covers)


def _benefit(line: BenefitLine, covers: dict[tuple[int, int], list[Cover]]) -> Resource:
    """A line of a décompte: what was asked, its base, what the law deducts, what we pay, what remains (domain, D.1)."""
    cover = _cover_of(line, covers)
    label = line.act_label or line.act_code.label
    coverage = {"reference": f"Coverage/coverage-{cover.pk}"} if cover else {"display": "Complémentaire santé"}
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": f"benefit-{line.pk}",
        "identifier": [{"system": _system("decompte"), "value": line.benefit_ref}],
        "status": "active",
        "type": _coded("claim-type", "professional"),
        "use": "claim",
        "patient": {"reference": f"Patient/{_patient_id(line.person_id)}"},
        "created": line.payment_date or line.care_date,
        "insurer": _insurer(),
        "provider": {"display": line.professional_name or "Professionnel non précisé"},
        "outcome": "complete",
        "insurance": [{"focal": True, "coverage": coverage}],
        "item": [
            {
                "sequence": 1,
                "productOrService": {"coding": [{"system": _system("acte"), "code": line.act_code_id}], "text": label},
                "servicedDate": line.care_date,
                "quantity": {"value": line.quantity},
                "adjudication": list(_adjudications(line)),
            }
        ],
        "payment": {
            **({"date": line.payment_date} if line.payment_date else {}),
            "amount": _money(line.mutual_amount),
            **({"identifier": {"value": line.payment_ref}} if line.payment_ref else {}),
        },
    }


def _adjudications(line: BenefitLine) -> Iterator[Resource]:
    amounts = (
        ("submitted", line.expense, "Dépense"),
        ("eligible", line.base, "Base de remboursement"),
        ("deductible", line.deduction, "Participation ou franchise"),
        ("benefit", line.mutual_amount, "Part de la mutuelle"),
        ("copay", line.out_of_pocket, "Reste à charge"),
    )
    for code, amount, words in amounts:
        if amount is not None:
            yield {"category": _coded("adjudication", code, words), "amount": _money(amount)}
    scheme = {"coding": [{"system": _system("part"), "code": "regime-obligatoire"}], "text": "Régime obligatoire"}
    yield {"category": scheme, "amount": _money(line.scheme_amount)}


def _covers_of(view: Viewpoint) -> dict[tuple[int, int], list[Cover]]:
    found: dict[tuple[int, int], list[Cover]] = {}
    for cover in Cover.objects.filter(household_id=view.household_id, person__in=view.seen_ids).order_by("start_date"):
        found.setdefault((cover.policy_id, cover.person_id), []).append(cover)
    return found


def _cover_of(line: BenefitLine, covers: dict[tuple[int, int], list[Cover]]) -> Cover | None:
    """The cover on the day of care; the last one that had begun by then, for care paid after it."""
    known = covers.get((line.policy_id, line.person_id), [])
    return next((cover for cover in reversed(known) if cover.start_date <= line.care_date), None)


def _coded(system: str, code: str, text: str = "") -> Resource:
    coded: Resource = {"coding": [{"system": f"{TERMINOLOGY}{system}", "code": code}]}
    return {**coded, "text": text} if text else coded


def _money(amount: Decimal) -> Resource:
    return {"value": amount, "currency": EURO}


def _insurer() -> Resource:
    return {"display": settings.ORGANISATION_FACTS.name}


def _system(name: str) -> str:
    """Our own lists, as addresses of the site."""
    return f"{settings.SITE_ADDRESS}/fhir/{name}"


def _patient_id(person_id: int) -> str:
    return f"patient-{person_id}"


def _plain(value: Any) -> Any:
    """FHIR writes days as ISO dates and amounts as numbers."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError
