"""The services of the member space (CGU-3), as suspensions and the read-only years name them."""

from portals.access.services import Service
from portals.accounts.models import Space


def _service(code: str, label: str, *views: str, restricted: bool = False, ended: bool = False) -> Service:
    """`restricted` and `ended`: what stays open then (`Service`)."""
    names = frozenset(f"members:{view}" for view in views)
    return Service(
        f"member.{code}", Space.MEMBER, label, names, open_when_restricted=restricted, changes_when_ended=ended
    )


SERVICES = (
    _service("home", "Accueil", "home"),
    _service("benefits", "Prestations", "benefits", "benefits_csv", "benefit"),
    _service("card", "Carte de tiers payant", "card", "card_pdf", "card_issue", "card_mail"),
    _service("transmission", "Télétransmission", "transmission"),
    _service("statements", "Relevés", "statements", "statement_pdf", "statement_prepare", ended=True),
    _service(
        "representation",
        "Représentation",
        "representations",
        "representation_ask",
        "representation_proofs",
        "representation_send",
        "representation_give_up",
        "representation_withdraw",
        "representation_prolong",
        "representation_contest",
        ended=True,
    ),
)
