"""Erasing what the shared core and the privacy core hold of somebody; the rooms of the spaces register theirs."""

import datetime
from collections.abc import Iterator

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now

from portals.access.models import Basis, Grant
from portals.accounts.closing.rules import DELETED_NAME, DELETED_ORGANISATION
from portals.accounts.models import Account, AccountState, Space
from portals.dates import months_after
from privacy.erasure.registry import Answers, Key, Reach, Recent, Rows, Target, exempt, register, register_space
from privacy.erasure.rules import PRESCRIPTION_YEARS, Relation
from privacy.rights.models import PENDING

NEVER_AGAIN = "Un identifiant n’est jamais redonné (CGU, article 2.2)\u202f; il ne désigne plus personne."
EMPTY_ACCOUNT = "Le compte vidé\u00a0: ni nom, ni adresse, ni accès."


def _subject(target: Target) -> Q:
    """Rows that say whose they are by a space and a number, as choices do."""
    return Q(space=target.space, subject_id__in=target.subjects)


def _grants(target: Target) -> Q | None:
    """The account's own; and those of others who acted for the person, once nothing of the person is left."""
    own = target.own()
    if target.person_id and target.is_over:
        acting = Q(space=Space.MEMBER, subject_id__in=target.persons)
        return own | acting if own else acting
    return own


def _asked(prefix: str = "") -> Recent:
    """Requests of the last five years, and those that wait, are the proof that they were dealt with."""

    def recent(today: datetime.date) -> Q:
        since = months_after(today, -12 * PRESCRIPTION_YEARS)
        return Q(**{f"{prefix}received_on__gt": since}) | Q(**{f"{prefix}state__in": PENDING})

    return recent


def _requests(prefix: str = "") -> Rows:
    def rows(target: Target) -> Q:
        found = Q(**{f"{prefix}account_id__in": target.accounts})
        if target.space == Space.MEMBER:
            found |= Q(**{f"{prefix}space": target.space, f"{prefix}subject_id__in": target.subjects})
        return found

    return rows


def _of_death(relation: str) -> Rows:
    """What hangs on the death of somebody."""

    def rows(target: Target) -> Q:
        return Q(**{f"{relation}__space": target.space, f"{relation}__subject_id__in": target.subjects})

    return rows


def _told(prefix: str = "") -> Rows:
    """Whom a breach concerns, a person or the holder of an account: the register of breaches keeps how many and that
    they were told."""

    def rows(target: Target) -> Q:
        persons, accounts = target.persons, target.accounts
        return Q(**{f"{prefix}person_id__in": persons}) | Q(**{f"{prefix}account_id__in": accounts})

    return rows


register(
    Reach(
        "portals.Account",
        rows=lambda target: Q(id__in=target.accounts) if target.accounts else None,
        stays=True,
        kept={"identifier": NEVER_AGAIN, "space": EMPTY_ACCOUNT, "created_at": EMPTY_ACCOUNT},
        blanks={
            "display_name": DELETED_NAME,
            "organisation_name": Case(When(space=Space.MEMBER, then=Value("")), default=Value(DELETED_ORGANISATION)),
            "password": UNUSABLE_PASSWORD_PREFIX,
            "state": AccountState.CLOSED,
            "closed_at": Now(),
        },
        sets={"is_active": False, "session_epoch": F("session_epoch") + 1},
        keys=(Key("account:{id}"),),
    ),
    Reach("portals.Grant", rows=_grants),
    Reach("portals.EndNotice", rows=lambda target: target.own("grant__account")),
    Reach("portals.KnownNetwork", rows=Target.own),
    Reach("portals.AccountSession", rows=Target.own),
    Reach("portals.EmailChange", rows=Target.own),
    Reach("portals.MailCode", rows=Target.own),
    Reach("portals.TotpDevice", rows=lambda target: target.own("user")),
    Reach("portals.RecoveryCodes", rows=lambda target: target.own("user")),
    Reach("portals.Restriction", rows=Target.own),
    Reach("portals.Acceptance", rows=Target.own),
    Reach("portals.Deletion", rows=Target.own, keys=(Key("account-deletion:{id}", ("address_sealed",)),)),
    Reach("portals.AccountExport", rows=Target.own, goes_whole=True, files=("file",)),
    Reach("portals.ExportLink", rows=lambda target: target.own("export__account"), goes_whole=True),
    Reach("portals.ExportTransfer", rows=Target.own),
    Reach("portals.Alert", rows=Target.own),
    Reach("portals.Thread", rows=Target.own, keys=(Key("thread:{reference}"),)),
    Reach("portals.Message", rows=lambda target: target.own("thread__account"), files=("uploads",)),
    Reach("portals.StaffNote", rows=lambda target: target.own("thread__account")),
    Reach("portals.WritingDraft", rows=Target.own, keys=(Key("draft:{reference}"),)),
    Reach("portals.ErrorReport", rows=Target.own, stays=True, keys=(Key("error-report:{number}"),)),
    Reach(
        "portals.FraudReport",
        rows=Target.own,
        keys=(Key("fraud-report:{reference}", ("answers_sealed", "description_sealed")),),
    ),
    Reach(
        "portals.BankChange",
        rows=lambda target: _subject(target) if target.person_id else None,
    ),
    Reach(
        "portals.Upload",
        rows=lambda target: target.own("sent_by"),
        if_free=True,
        files=("stored",),
        keys=(Key("upload:{reference}"),),
    ),
)
register(
    Reach("privacy.Freeze", rows=_subject),
    Reach("privacy.Archived", rows=_subject),
    Reach("privacy.RetentionWarning", rows=Target.own),
    Reach("privacy.ToldDisclosure", rows=_subject),
    Reach("privacy.Choice", rows=_subject, files=("proof",)),
    Reach("privacy.CampaignMessage", rows=lambda target: _subject(target) | Q(account_id__in=target.accounts)),
    Reach("privacy.Directives", rows=_subject, keys=(Key("directives:{reference}", ("content_sealed",)),)),
    Reach("privacy.Death", rows=_subject, keys=(Key("death:{reference}"),)),
    *(
        Reach(
            f"privacy.{name}",
            rows=_of_death(to),
            files=files,
            goes_whole=bool(files),
        )
        for name, to, files in (
            ("DeathProof", "death", ("upload",)), ("DeathTask", "death", ()), ("Handover", "task__death", ()),
            ("EstateLetter", "death", ()),
        )
    ),
    Reach("privacy.Answered", rows=Target.own),
    Reach("privacy.Incident", rows=Target.own),
    Reach("privacy.Anomaly", rows=lambda target: Q(incident__account_id__in=target.accounts)),
    Reach("privacy.Concerned", rows=_told()),
    Reach("privacy.Delivery", rows=_told("concerned__")),
    Reach("privacy.MedicalCase", rows=Target.own),
    Reach("privacy.MedicalConsent", rows=Target.own),
    Reach("privacy.RightsRequest", rows=_requests(), recent=_asked(), keys=(Key("rights:{reference}"),)),
    *(
        Reach(
            f"privacy.{name}",
            rows=_requests("request__"),
            recent=_asked("request__"),
            files=files,
            goes_whole=bool(files),  # a proof is a document: without it, nothing of the row is left to say
        )
        for name, files in (
            ("RightsTask", ()), ("RightsDecision", ()), ("RightsPause", ()), ("RightsProof", ("upload",)),
            ("RightsLink", ()),
        )
    ),
)  # fmt: skip
register(
    Reach("django_otp_webauthn.WebAuthnCredential", rows=lambda target: target.own("user")),
    Reach("django_otp_webauthn.WebAuthnUserHandle", rows=lambda target: target.own("user")),
    Reach("socialaccount.SocialAccount", rows=lambda target: target.own("user")),
    Reach("account.EmailAddress", rows=lambda target: target.own("user")),
)
exempt("Les écritures du journal portent des numéros et font preuve.", "privacy.Entry")
exempt(
    "Suit la ligne dont il garde le passé\u00a0: effacé ou vidé avec elle.",
    "privacy.FieldChange", "privacy.RowChange", "privacy.RowCreation", "privacy.Restoration",
)  # fmt: skip
exempt("Ce qui reste d’un effacement\u00a0: la preuve qu’il a été fait.", "privacy.Erasure", "privacy.LegalHold")
exempt(
    "Les actes du personnel restent ceux du personnel.",
    "privacy.Transfer", "privacy.Publication", "privacy.ImpactAssessment", "privacy.ControlResult",
    "privacy.CharterVersion", "privacy.CharterAcknowledgement", "privacy.AwarenessModule", "privacy.AwarenessResult",
    "privacy.AccessReview", "privacy.ReviewLine",
    "privacy.PurposeText", "privacy.Campaign", "privacy.Filing", "privacy.IncidentStep", "privacy.LetterBatch",
    "privacy.Consultation",
    "privacy.RetentionRun", "privacy.RetentionSwitch",
)  # fmt: skip
exempt(
    "Sous la loi des dossiers d’enquête\u00a0: détruit au terme du dossier, clé comprise, et jamais sur demande.",
    "privacy.Investigation", "privacy.CaseSubject", "privacy.CaseStep", "privacy.Exhibit", "privacy.SuspicionReport",
    "privacy.ScreeningFlag", "privacy.FreezeList",
)  # fmt: skip
exempt(
    "La preuve de ce qui a été remis à une autorité, à qui et sur quel fondement.",
    "privacy.Disclosure", "privacy.DisclosedSubject",
)  # fmt: skip
exempt("Disparaît dans la minute, avec sa réponse.", "portals.AccountRequest")
exempt("Effacé avec ce à quoi il est joint, ou avec ce qu’il ouvre.", "portals.StoredFile", "portals.SubjectKey")


def own_account(account_id: int, tenant_id: int | None) -> Target:
    """An account of a space that has no persons."""
    space = Account.objects.values_list("space", flat=True).get(pk=account_id)
    return Target(space=space, subject_id=account_id, tenant_id=tenant_id, accounts=(account_id,))


def ends_with_the_account(_target: Target) -> Relation:
    """Whoever acts for an organisation has no contract of their own: what they did is proof from the erasure on."""
    from django.utils import timezone

    return Relation(ended_on=timezone.localdate())


def every_account() -> Iterator[tuple[int, int | None]]:
    """Everybody who acts for a company."""
    for number in Account.objects.filter(space=Space.EMPLOYER).order_by("pk").values_list("pk", flat=True):
        yield number, None


register_space(Space.EMPLOYER, Answers(find=own_account, relation=ends_with_the_account, everybody=every_account))


def accounts_of_person(person_id: int) -> tuple[int, ...]:
    """The accounts that are this person's own in the member space."""
    grants = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id=person_id)
    return tuple(sorted(set(grants.values_list("account_id", flat=True))))
