"""The services of the member space (CGU-3), as suspensions and the read-only years name them."""

from portals.access.services import Catalogue
from portals.accounts.models import Space

CATALOGUE = Catalogue(Space.MEMBER, "members")
SERVICES = (
    CATALOGUE.service("member.home", "Accueil", "home"),
    CATALOGUE.service("member.benefits", "Prestations", "benefits", "benefits_csv", "benefit"),
    CATALOGUE.service("member.card", "Carte de tiers payant", "card", "card_pdf", "card_issue", "card_mail"),
    CATALOGUE.service("member.transmission", "Télétransmission", "transmission"),
    CATALOGUE.service("member.statements", "Relevés", "statements", "statement_pdf", "statement_prepare", ended=True),
    CATALOGUE.service(
        "member.representation",
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
