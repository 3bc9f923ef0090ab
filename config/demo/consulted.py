"""What the demo's people were asked about their data, and the anonymous figures of the last months."""

import datetime

from django.utils import timezone

from config.demo.accounts.parts import STAFF
from members.figures.benefits import SOURCE
from portals.accounts.models import Account
from portals.dates import months_after
from privacy.consultations.models import Consultation, ConsultationState
from privacy.statistics.actions import make
from privacy.statistics.models import Edition

MONTHS = 6
ASKED = [
    {
        "words": "Voulez-vous que vos examens de prévention vous soient rappelés\u202f?",
        "choices": ["Oui, chaque année", "Oui, mais seulement si je le demande", "Non"],
    },
    {"words": "Par quel moyen\u202f?", "choices": ["Dans mon espace", "Par e-mail", "Par courrier"]},
    {
        "words": "Trouvez-vous facilement comment changer vos choix sur vos données\u202f?",
        "choices": ["Oui", "Pas toujours", "Non"],
    },
]
RESULTS = [
    [{"label": "Oui", "count": 412}, {"label": "Plutôt", "count": 236}, {"label": "Non", "count": 97}],
    [
        {"label": "Une fois par an", "count": 488},
        {"label": "À chaque changement", "count": 243},
        {"label": "Jamais", "count": None},
        {"label": "Sans réponse", "count": None},
    ],
]


def fill_consulted() -> bool:
    """Write them once, in the DPO's name; says whether they were missing."""
    _role, name, _note = STAFF["dpo"]
    dpo = Account.objects.filter(display_name=name, is_staff=True).first()
    if dpo is None or Consultation.objects.exists():
        return False
    today = timezone.localdate()
    _told(dpo, today)
    Consultation.objects.create(
        title="Vos données et la prévention", written_by=dpo, state=ConsultationState.PUBLISHED, questions=ASKED,
        purpose=(
            "Nous pourrions vous rappeler les examens de prévention auxquels votre âge donne droit. "
            "Vos soins n’y serviraient pas. Dites-nous si vous le souhaitez, avant toute décision."
        ),
        remark_asked="Que changeriez-vous dans l’usage de vos données\u202f?", published_at=timezone.now(),
        opens_on=today - datetime.timedelta(days=6), closes_on=today + datetime.timedelta(days=24),
    )  # fmt: skip
    this_month = today.replace(day=1)
    for back in range(MONTHS, 0, -1):
        month = months_after(this_month, -back)
        if not Edition.objects.filter(month=month).exists():
            make(source=SOURCE, month=month, by=None)
    return True


def _told(dpo: Account, today: datetime.date) -> None:
    """Last year's: 745 answers, of which fourteen are told together."""
    closed = months_after(today, -11)
    Consultation.objects.create(
        title="Comprenez-vous nos pages sur vos données\u202f?", written_by=dpo, state=ConsultationState.TOLD,
        purpose="Savoir si nos explications sont claires, et combien de fois vous souhaitez les relire.",
        questions=[
            {"words": "Nos explications sont-elles claires\u202f?", "choices": ["Oui", "Plutôt", "Non"]},
            {
                "words": "Quand faut-il vous les rappeler\u202f?",
                "choices": ["Une fois par an", "À chaque changement", "Jamais"],
            },
        ],
        opens_on=closed - datetime.timedelta(days=30), closes_on=closed,
        published_at=timezone.now() - datetime.timedelta(days=370),
        counted_at=timezone.now() - datetime.timedelta(days=330), answers=745, results=RESULTS,
        learned=(
            "Les pages sur vos données ont été réécrites avec des phrases plus courtes. "
            "Un rappel vous est envoyé une fois par an, si vous acceptez ces messages, et non à chaque changement."
        ),
        told_at=timezone.now() - datetime.timedelta(days=320),
    )  # fmt: skip
