"""What the demo's member has written: a complaint that was answered, another that runs, a message."""

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence import actions, answering
from portals.correspondence.models import Kind, Outcome
from portals.correspondence.reports.actions import decide, report

REFUSED = (
    "Ma monture de lunettes n’est remboursée qu’à moitié alors que le devis accepté en boutique annonçait un reste à "
    "charge nul.\n\nJe demande le remboursement de la différence."
)
ANSWER = (
    "Vous avez raison\u00a0: la monture appartient au panier «\u00a0100\u202f% Santé\u00a0» et le code transmis par l’opticien "
    "ne le disait pas. Nous avons corrigé la ligne, et le virement de la différence part sous quatre jours."
)
DELAY = "La facture de kinésithérapie déposée il y a six semaines n’est toujours pas traitée."
QUESTION = "Comment ajouter un enfant né le mois dernier, et à partir de quand est-il couvert\u202f?"


def write_letters(account: Account, agent: Account) -> None:
    """Fill the pages of messages, complaints and corrections. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    settled = actions.write(by=account, kind=Kind.COMPLAINT, topic="refused", text=REFUSED, grant=grant, files=[])
    answering.answer(by=agent, thread=settled, text=ANSWER, outcome=Outcome.GRANTED)
    actions.write(by=account, kind=Kind.COMPLAINT, topic="delay", text=DELAY, grant=grant, files=[])
    actions.write(by=account, kind=Kind.MESSAGE, topic="people", text=QUESTION, grant=grant, files=[])
    wrong = report(by=account, page="aide/", words="L’aide donne une durée de 48 heures pour le premier mot de passe.")
    decide(
        by=agent,
        report=wrong,
        corrected=True,
        answer="Merci. Le premier mot de passe expire au bout de 24 heures, et la page le dit maintenant.",
        published="L’aide disait que le premier mot de passe durait 48 heures\u00a0: il dure 24 heures.",
    )
