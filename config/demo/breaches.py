"""The incidents of the demo: one breach that is over, one whose 72 hours run, so that the officer's pages are full."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.demo.accounts.credentials import identifier_of
from members.households.models import Household, Person
from members.rights.models import RightsLook
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.alerts.models import Alert
from privacy.audit.models import Entry
from privacy.breaches.models import Incident, IncidentState, IncidentStep, Kind, Severity, Source, StepKind
from privacy.breaches.telling.actions import SENTENCE
from privacy.breaches.telling.listing import count
from privacy.breaches.telling.models import Channel, Concerned, Delivery, DeliveryState
from privacy.breaches.violations import rules
from privacy.breaches.violations.contents import content_of
from privacy.breaches.violations.models import Breach, Filing, Phase, Risk
from providers.rights.rules import reference_of

HOURS_AGO = 40
HOUSEHOLDS = 24
MONTHS_AGO = datetime.timedelta(days=151)


def fill_breaches() -> bool:
    """Write them once; says whether they were missing. In the system's context."""
    with isolation.system():
        people = {
            role: Account.objects.filter(identifier=identifier_of(role)).first()
            for role in ("dpo", "member", "provider-other", "security-officer")
        }
        dpo, member, thief = people["dpo"], people["member"], people["provider-other"]
        if dpo is None or member is None or thief is None or Breach.objects.exists():
            return False
        with transaction.atomic():
            _past(dpo, member)
            _running(dpo, thief, people["security-officer"] or dpo)
    return True


def _step(incident: Incident, at: datetime.datetime, kind: StepKind, by: Account | None, words: str = "") -> None:
    IncidentStep.objects.create(incident=incident, at=at, kind=kind, by=by, words=words)


def _past(dpo: Account, member: Account) -> None:
    """A letter put into somebody else's envelope, five months ago: notified, told, closed."""
    began = timezone.now() - MONTHS_AGO
    aware, filed, told = (began + datetime.timedelta(hours=hours) for hours in (30, 52, 53))
    incident = Incident.objects.create(
        reference=f"IN-{began:%y%m%d}-K7M2QF", opened_at=aware, source=Source.STAFF, kind=Kind.MISDIRECTED,
        severity=Severity.LIMITED, state=IncidentState.CLOSED,
        note="Un relevé de prestations mis sous pli avec celui d’un autre foyer.",
    )  # fmt: skip
    breach = Breach.objects.create(
        incident=incident, reference=f"V-{aware.year}-01", aware_at=aware, began_at=began, ended_at=began,
        natures=["confidentiality"], cause="inside_accident",
        circumstances="Une mise sous pli mal réglée a joint le relevé d’un foyer à celui d’un autre.",
        data_categories=["identity", "member_number", "health"], person_categories=["members"],
        persons_count=1, records_count=1,
        consequences="Une autre personne a pu lire les remboursements d’un mois.",
        measures_taken="Le courrier a été rendu, la machine arrêtée et réglée, les plis du jour rouverts.",
        measures_planned="Un contrôle par pesée de chaque pli.",
        risk=Risk.LIKELY, risk_reason="Des données de santé, lues par une seule personne, qui a rendu le courrier.",
        counted_at=aware, told_at=told, closed_at=told + datetime.timedelta(days=20),
        message="Un de vos relevés a été joint par erreur au courrier d’un autre foyer, qui nous l’a rendu.",
        lessons="Chaque pli est pesé depuis. Aucun écart n’a été vu en un mois.",
    )  # fmt: skip
    filing = Filing(
        breach=breach, rank=1, phase=Phase.WHOLE, due_at=rules.due_at(aware), prepared_at=filed, prepared_by=dpo,
        filed_at=filed, receipt="CNIL-2026-061842",
    )  # fmt: skip
    filing.content = content_of(breach, filing, [])
    filing.save()
    grant = Grant.objects.filter(account=member).order_by("pk")[0]
    concerned = Concerned.objects.create(breach=breach, person_id=grant.subject_id)
    for channel, state in ((Channel.ALERT, DeliveryState.READ), (Channel.EMAIL, DeliveryState.SENT)):
        Delivery.objects.create(concerned=concerned, channel=channel, account_id=member.pk, state=state, at=told)
    Alert.objects.create(
        account=member, key=breach.reference, sentence=SENTENCE, placed_at=told,
        path=reverse("privacy:breach_told", args=[breach.reference]), read_at=told + datetime.timedelta(hours=9),
    )  # fmt: skip
    _step(incident, aware, StepKind.OPENED, None, incident.note)
    _step(incident, aware, StepKind.BREACH, dpo, breach.reference)
    _step(incident, filed, StepKind.FILED, dpo, f"Récépissé {filing.receipt}.")
    _step(incident, told, StepKind.TOLD, dpo, "1\u00a0personne(s).")
    _step(incident, breach.closed_at or told, StepKind.CLOSED, dpo, breach.lessons)


def _running(dpo: Account, thief: Account, officer: Account) -> None:
    """A practice whose account was stolen: lookups until the rules stopped it, forty hours ago."""
    opened = timezone.now() - datetime.timedelta(hours=HOURS_AGO)
    _look(thief, opened)
    incident = Incident.objects.create(
        reference=f"DR-{opened.year}-1042", opened_at=opened, source=Source.RIGHTS_LOOKUP, kind=Kind.LOOKUP_ABUSE,
        account_id=thief.pk, suspects=[thief.pk], severity=Severity.SIGNIFICANT,
        note="Règle franchie\u00a0: burst. Les personnes dont la carte a été montrée sont dans le journal.",
    )  # fmt: skip
    breach = Breach.objects.create(
        incident=incident, reference=f"V-{opened.year}-{2 if opened.year == (opened - MONTHS_AGO).year else 1:02d}",
        aware_at=opened, began_at=opened - datetime.timedelta(hours=3), ended_at=opened,
        natures=["confidentiality"], cause="outside_purpose",
        circumstances="Le compte d’un cabinet a servi à vérifier des droits en rafale, jusqu’à ce que la règle l’arrête.",
        data_categories=["identity", "member_number", "cover"], person_categories=["members", "dependants", "children"],
        measures_taken="Service arrêté pour le cabinet, sessions fermées, mot de passe révoqué.",
    )  # fmt: skip
    minute = datetime.timedelta(minutes=1)
    _step(incident, opened, StepKind.OPENED, None, incident.note)
    _step(
        incident, opened + 12 * minute, StepKind.QUALIFIED, officer, "Importante. Des familles entières sont en cause."
    )
    _step(incident, opened + 15 * minute, StepKind.CONTAINED, officer, "Fermer les sessions\u00a0: 1\u00a0compte(s).")
    _step(incident, opened + 55 * minute, StepKind.BREACH, dpo, breach.reference)
    count(by=dpo, breach=breach)


def _look(thief: Account, opened: datetime.datetime) -> None:
    """What the journal and the households hold of these lookups. The demo's own households are left out."""
    shown = Grant.objects.filter(space="adherent").values("tenant_id")
    households = Household.objects.exclude(pk__in=shown).order_by("pk")[:HOUSEHOLDS]
    for rank, household in enumerate(households, start=1):
        at = opened - datetime.timedelta(seconds=20 * (HOUSEHOLDS - rank) + 5)
        day = timezone.localdate(at)
        reference = reference_of(day, 900 + rank)
        Entry.objects.create(
            at=at, action="rights.looked_up", account_id=thief.pk, space=thief.space, object_kind="household",
            object_id=str(household.pk), details={"reference": reference, "found": 1, "scanned": 0},
        )  # fmt: skip
        for person in Person.objects.filter(household=household).order_by("rank"):
            RightsLook.objects.create(
                household=household, person=person, at=at, on_day=day, reference=reference,
                practice_name=thief.organisation_name or thief.display_name, profession="Opticien", place="Vannes",
            )  # fmt: skip
