"""E-mails that tell the owner of every change to what protects the account.

They say what happened, never to whom, from where or with what. One kind of job for each change.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import Account
from portals.jobs import Job, JobState, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TEMPLATE = "portals/security/emails/notice"


class UnknownChange(LookupError):
    """No notice is written for this change."""


@dataclass(frozen=True)
class Notice:
    """The words of one notice."""

    subject: str
    sentence: str
    details: str = ""


NOTICES = {
    "email_changed": Notice(
        "L’adresse e-mail de votre espace a changé",
        "L’adresse e-mail de votre espace vient de changer.",
        "Les deux adresses, l’ancienne et la nouvelle, reçoivent ce message. Les suivants n’iront qu’à la nouvelle.",
    ),
    "email_change_cancelled": Notice(
        "Le changement d’adresse e-mail est annulé",
        "Le changement d’adresse e-mail de votre espace est annulé.",
        "Votre adresse reste la même.",
    ),
    "factor_added": Notice(
        "Un moyen de vérification a été ajouté",
        "Un moyen de vérification vient d’être ajouté à votre compte.",
        "Il est demandé en plus du mot de passe, ou à sa place, pour entrer dans votre espace.",
    ),
    "factor_removed": Notice(
        "Un moyen de vérification a été retiré",
        "Un moyen de vérification vient d’être retiré de votre compte.",
        "Les autres sessions ouvertes ont été fermées.",
    ),
    "recovery_codes_renewed": Notice(
        "Vos codes de secours ont été renouvelés",
        "Vos codes de secours viennent d’être renouvelés.",
        "Les anciens n’ouvrent plus rien.",
    ),
    "sessions_ended": Notice(
        "Des sessions de votre espace ont été fermées",
        "Une ou plusieurs sessions de votre espace viennent d’être fermées, à la demande de votre compte.",
    ),
    "identity_linked": Notice(
        "Une identité a été reliée à votre compte",
        "Une identité extérieure vient d’être reliée à votre compte.",
        "Elle ouvre votre espace comme le fait votre mot de passe.",
    ),
    "identity_unlinked": Notice(
        "Une identité n’est plus reliée à votre compte",
        "Une identité extérieure vient d’être déliée de votre compte.",
    ),
    "account_locked": Notice(
        "Votre compte est bloqué",
        "Votre compte est bloqué et toutes ses sessions sont fermées.",
        "Il se rouvre avec un nouveau mot de passe, choisi par le lien que nous envoyons à cette adresse.",
    ),
    "account_unlocked": Notice(
        "Votre compte est débloqué",
        "Votre compte vient d’être débloqué.",
    ),
    "roles_changed": Notice(
        "Les rôles de votre compte ont changé",
        "Les rôles de votre compte viennent de changer.",
        "Vos sessions ont été fermées. Votre page d’accueil dit vos rôles dès la prochaine connexion.",
    ),
    "deletion_asked": Notice(
        "La suppression de votre compte est demandée",
        "La suppression de votre compte est demandée.",
        "Elle prend effet dans sept jours. D’ici là, vous pouvez l’annuler depuis votre espace.",
    ),
    "deletion_cancelled": Notice(
        "La suppression de votre compte est annulée",
        "La suppression de votre compte est annulée.",
        "Votre espace reste ouvert comme avant.",
    ),
}
"""By what changed. A changed password has its own e-mail, `account.password_changed`."""

OWN_KIND = {"password_changed": "account.password_changed"}


def notify_security_change(account: Account, what: str) -> None:
    """Promise the notice of a change, `what` being a key of NOTICES or `password_changed`. Raises UnknownChange.

    Call it in the transaction of the change. Two changes of one kind in the same breath make one message; otherwise
    none is held back: whoever took an account may not silence its notices by asking for many.
    """
    kind = kind_of_notice(what)
    on_its_way = Job.objects.filter(kind=kind, subject_id=account.pk, state=JobState.DUE)
    if not on_its_way.exists():
        enqueue(kind, key=f"{account.pk}-{secrets.token_hex(8)}", subject_id=account.pk, priority=Priority.ASKED)


def kind_of_notice(what: str) -> str:
    """The kind of job that sends this notice. Raises UnknownChange."""
    if what in OWN_KIND:
        return OWN_KIND[what]
    if what not in NOTICES:
        raise UnknownChange(what)
    return f"account.notice.{what}"


def notice_to(address: str, space: str, what: str) -> EmailMessage:
    """The message itself, to one address. It leads to the security page, and to the fraud report for whoever did nothing."""
    notice = NOTICES[what]
    return compose(
        to=address,
        subject=notice.subject,
        template=TEMPLATE,
        space=space,
        path=reverse("portals:security"),
        context={"notice": notice, "fraud_url": fraud_url()},
    )


def fraud_url() -> str:
    """The absolute address of the fraud report, open to everybody (CGU-2.7)."""
    return str(settings.SITE_ADDRESS).rstrip("/") + reverse("portals:fraud")


def _register(what: str) -> None:
    @mail_handler(kind_of_notice(what))
    def send(job: Job) -> EmailMessage | None:
        # A closed or locked account is told as well: it is its owner who must know.
        account = Account.objects.filter(pk=job.subject_id).exclude(email="").first()
        return notice_to(account.email, account.space, what) if account else None


for _what in NOTICES:
    _register(_what)
