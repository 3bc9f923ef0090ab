"""The year of the demo's staff: two modules, who followed them, and a review of access rights that is half done."""

import datetime

from django.db import transaction
from django.utils import timezone

from config.demo.accounts.parts import STAFF
from portals.access import isolation
from portals.accounts.models import Account
from privacy.staff.awareness.actions import publish
from privacy.staff.awareness.models import AwarenessModule, AwarenessResult
from privacy.staff.awareness.rules import Question
from privacy.staff.reviews.actions import decide, start

PHISHING = (
    "Les messages qui se font passer pour nous",
    "<p>Un message pressant, une adresse presque juste, une pièce jointe que vous n’attendiez pas\u00a0: ce sont les signes"
    " d’un hameçonnage. Nous ne demandons jamais de mot de passe, ni par écrit, ni au téléphone.</p>"
    "<p>Dans le doute, ne cliquez pas\u00a0: signalez.</p>",
    (
        Question(
            "Un collègue vous demande votre code par messagerie. Que faites-vous\u202f?",
            ("Je le lui donne s’il est pressé", "Je refuse et je préviens le RSSI", "Je le lui donne par téléphone"),
            1,
            "Un code ne se prête à personne. Le compte de ce collègue est peut-être déjà volé.",
        ),
        Question(
            "Que regarder d’abord dans un e-mail inattendu\u202f?",
            ("L’adresse exacte de l’expéditeur", "La qualité du logo", "L’heure de l’envoi"),
            0,
            "Un logo se copie\u00a0; l’adresse trahit souvent l’imitation.",
        ),
        Question(
            "Vous avez cliqué. Que faire\u202f?",
            ("Attendre de voir", "Changer d’ordinateur", "Signaler tout de suite"),
            2,
            "Chaque heure compte, et signaler de bonne foi n’est jamais une faute.",
        ),
    ),
)
CURIOSITY = (
    "Ne regarder qu’avec une raison",
    "<p>Chaque dossier ouvert est noté au journal. Les personnes peuvent demander qui l’a regardé.</p>"
    "<p>Un voisin, une personne connue, un proche\u00a0: leur dossier ne s’ouvre que si une demande le veut, et par un"
    " collègue.</p>",
    (
        Question(
            "Votre sœur demande où en est son remboursement. Que faites-vous\u202f?",
            ("Je regarde vite", "Je l’invite à passer par son espace ou par un collègue", "Je demande son accord"),
            1,
            "Le dossier d’un proche ne s’ouvre jamais, même à sa demande.",
        ),
        Question(
            "Qui peut savoir que vous avez ouvert un dossier\u202f?",
            ("Personne", "Le RSSI seulement", "La personne elle-même aussi"),
            2,
            "La page «\u00a0Qui a consulté vos données\u00a0» le lui dit.",
        ),
        Question(
            "Un dossier reste ouvert à l’écran. Vous partez déjeuner.",
            ("Je verrouille l’écran", "Je tourne l’écran", "Je ne fais rien"),
            0,
            "Verrouiller prend une seconde et suffit.",
        ),
    ),
)


def fill_staff_year() -> bool:
    """Write it once, in the security officer's name; says whether it was missing."""
    _role, name, _note = STAFF["security-officer"]
    officer = Account.objects.filter(display_name=name, is_staff=True).first()
    if officer is None or AwarenessModule.objects.exists():
        return False
    with isolation.system(), transaction.atomic():
        today = timezone.localdate()
        colleagues = list(Account.objects.filter(is_staff=True).order_by("pk"))
        for days, (title, text, questions) in ((-10, PHISHING), (40, CURIOSITY)):
            module = publish(
                by=officer,
                title=title,
                text=text,
                questions=questions,
                due_on=max(today, today + datetime.timedelta(days)),
            )
            if days < 0:
                AwarenessResult.objects.bulk_create(
                    AwarenessResult(account=one, module=module) for one in colleagues[:-2]
                )
        _review(officer)
    return True


def _review(officer: Account) -> None:
    """Half of the roles are confirmed; the officer's own waits for somebody else."""
    review = start(by=officer)
    lines = [line for line in review.lines.order_by("pk") if line.account_id != officer.pk]
    for line in lines[: len(lines) // 2]:
        decide(by=officer, line=line, withdrawn=False, reason="Fonction inchangée.")
