"""The sentence that each legal page opens with, and why. Marked up: shown as they are."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from portals.editorial.legal.models import Page


@dataclass(frozen=True)
class Heading:
    title: str
    sentence: SafeString
    why: str


HEADINGS = {
    Page.PRIVACY: Heading(
        "Protection des données",
        mark_safe("Vos données servent à <b>gérer votre contrat et vos services</b>. Elles ne sont jamais vendues."),
        "Huit domaines d’engagement, numérotés. Un délégué à la protection des données, indépendant, répond à vos "
        "questions et à vos demandes.",
    ),
    Page.COOKIES: Heading(
        "Cookies",
        mark_safe("Des cookies <b>effacés à la fin de la connexion</b>. Aucun ne vous suit."),
        "Ils sont indispensables au fonctionnement des espaces, ou gardent votre refus d’être compté\u00a0: la loi "
        "n’exige pas votre accord pour les déposer. Aucun autre site n’en dépose ici.",
    ),
    Page.NOTICES: Heading(
        "Mentions légales",
        mark_safe("Qui édite ce site, <b>ce qu’il vaut</b>, ce qu’il protège."),
        "L’éditeur et l’hébergeur, la valeur des informations, la disponibilité, la propriété intellectuelle.",
    ),
    Page.ACCESSIBILITY: Heading(
        "Accessibilité",
        mark_safe("Accessibilité\u00a0: <b>non conforme</b>, faute d’audit à ce jour."),
        "L’article 47 de la loi n°\u00a02005-102 du 11 février 2005 nous engage à rendre ces espaces accessibles à tous. "
        "Tant qu’aucun audit n’a été mené, un site doit être déclaré non conforme.",
    ),
}
