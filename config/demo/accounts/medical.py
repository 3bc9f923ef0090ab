"""The medical vault of the demo: its adviser and an assistant, a case of the member that waits, one that was answered."""

from portals.accounts.models import Account
from privacy.vault import actions, readers
from privacy.vault.medical.deciding import decide
from privacy.vault.models import Cover, MedicalCase
from privacy.vault.readers import Duty, NotNameable
from privacy.vault.rules import Outcome

PLAIN = {
    "born_on": "1984-05-12", "height": "168", "weight": "61", "off_work": "no",
    "long_leave": "no", "long_illness": "no", "hospital": "no", "treatment": "no", "disability": "no", "details": "",
}  # fmt: skip
KNEE = {
    **PLAIN,
    "long_leave": "yes",
    "hospital": "yes",
    "details": "Ligament du genou droit opéré en mars 2021, dix semaines d’arrêt. Guérie, sans séance depuis 2022.",
}


def name_readers(adviser: Account, _agent: Account) -> None:
    """As the ceremony does it, on the machine that holds the keys."""
    try:
        readers.name(by=None, account=adviser, duty=Duty.ADVISER)
    except NotNameable:
        return  # an earlier start did


def name_assistant(assistant: Account, _agent: Account) -> None:
    """The adviser's assistant, named as the adviser would do it."""
    try:
        readers.name(by=None, account=assistant, duty=Duty.ASSISTANT)
    except NotNameable:
        return  # an earlier start did


def write_cases(account: Account, adviser: Account) -> None:
    """What the member has sent. In the system's context."""
    answered = _sent(account, Cover.DISABILITY, PLAIN)
    decide(by=adviser, case=answered, outcome=Outcome.ACCEPT, opinion="Rien qui s’y oppose.")
    _sent(account, Cover.LOAN, KNEE)


def _sent(account: Account, cover: Cover, answers: dict[str, str]) -> MedicalCase:
    case = actions.begin(by=account, cover=cover)
    actions.fill(by=account, case=case, answers={"name": account.display_name, **answers})
    actions.send(by=account, case=case)
    return case
