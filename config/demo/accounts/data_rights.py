"""What the demo's member has asked of her data, and what the data protection officer's desk holds beside."""

import datetime

from django.utils import timezone

from portals.access.models import Grant
from portals.accounts.models import Account
from privacy.rights import actions, answering
from privacy.rights.models import Channel, Outcome, Right, Verdict, Whom

COPY = "Une copie de tout ce que vous avez sur moi, depuis le début du contrat."
COPY_ANSWER = (
    "Vous pouvez tout télécharger depuis votre espace, page «\u00a0Tout télécharger\u00a0»\u00a0: les fichiers sont à jour et se "
    "lisent sans logiciel particulier. Nous n’avons rien d’autre sur vous."
)
NAME = "Mon nom de naissance est mal écrit sur l’attestation\u00a0: il prend deux «\u00a0l\u00a0»."
LETTER = "Je vous demande une copie des données que vous détenez sur moi, par courrier."
LETTER_AGO = datetime.timedelta(days=22)
DOUBT = "Deux personnes de ce nom vivent à cette adresse\u00a0: nous devons savoir laquelle nous écrit."


def write_rights(account: Account, agent: Account) -> None:
    """One request that was answered, one that runs, one that waits for a proof of identity. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    copy = actions.ask(by=account, right=Right.ACCESS, words=COPY, grant=grant)
    answering.decide(by=agent, request=copy, decisions={"identity.contract": (Verdict.DONE, "")})
    answering.answer(by=agent, request=copy, outcome=Outcome.GRANTED, text=COPY_ANSWER)
    actions.ask(by=account, right=Right.RECTIFICATION, words=NAME, grant=grant)
    letter = actions.enter(
        by=agent, right=Right.ACCESS, whom=Whom.SELF, channel=Channel.POST, words=LETTER,
        received_on=timezone.localdate() - LETTER_AGO,
        claim={"name": "Raymond Tanguy", "address": "2 rue du Port\n56000 Vannes"},
    )  # fmt: skip
    answering.pause(by=agent, request=letter, reason=DOUBT)
