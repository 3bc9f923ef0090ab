"""The organisation's facts, as published in its terms of use and data policy. Each one is a setting (ORG_…)."""

from dataclasses import dataclass

from config.environment import lines, text


@dataclass(frozen=True)
class Organisation:
    """Who runs the spaces. Address fields are tuples of printed lines, in order."""

    name: str
    short_name: str
    website: str
    group_name: str
    address_lines: tuple[str, ...]
    phone: str
    support_email: str
    dpo_email: str
    dpo_address_lines: tuple[str, ...]
    terms_address_lines: tuple[str, ...]
    network_label: str
    authority_name: str
    authority_address_lines: tuple[str, ...]
    authority_website: str
    mediator_name: str
    mediator_address_lines: tuple[str, ...]
    mediator_website: str
    registration: str
    publication_director: str
    host_lines: tuple[str, ...]
    sepa_creditor_id: str


ORGANISATION = Organisation(
    name=text("ORG_NAME", "Harmonie Mutuelle"),
    short_name=text("ORG_SHORT_NAME", "Harmonie Mutuelle"),
    website=text("ORG_WEBSITE", "www.harmonie-mutuelle.fr"),
    group_name=text("ORG_GROUP_NAME", "Groupe VYV"),
    address_lines=lines("ORG_ADDRESS", ("143 rue Blomet", "75015 Paris")),
    phone=text("ORG_PHONE", "02 97 00 00 00"),
    support_email=text("ORG_SUPPORT_EMAIL", "espaces@harmonie-mutuelle.example"),
    dpo_email=text("ORG_DPO_EMAIL", "dpo@harmonie-mutuelle.fr"),
    dpo_address_lines=lines(
        "ORG_DPO_ADDRESS",
        ("Harmonie Mutuelle", "Service DPO", "29 quai François Mitterrand", "44273 Nantes Cedex 2"),
    ),
    terms_address_lines=lines(
        "ORG_TERMS_ADDRESS",
        (
            "Harmonie Mutuelle",
            "Conditions générales d’utilisation",
            "Espaces Internet Harmonie Mutuelle",
            "143 rue Blomet",
            "75015 Paris",
        ),
    ),
    network_label=text("ORG_NETWORK_LABEL", "Kalivia"),
    authority_name=text("ORG_AUTHORITY_NAME", "CNIL"),
    authority_address_lines=lines(
        "ORG_AUTHORITY_ADDRESS", ("3 place de Fontenoy", "TSA 80715", "75334 Paris Cedex 07")
    ),
    authority_website=text("ORG_AUTHORITY_WEBSITE", "www.cnil.fr"),
    mediator_name=text("ORG_MEDIATOR_NAME", "Médiateur de la Mutualité Française"),
    mediator_address_lines=lines("ORG_MEDIATOR_ADDRESS", ("FNMF", "255 rue de Vaugirard", "75719 Paris Cedex 15")),
    mediator_website=text("ORG_MEDIATOR_WEBSITE", "www.mediateur-mutualite.fr"),
    # Facts that the texts do not carry: the legal notices say so until the operator gives them.
    registration=text("ORG_REGISTRATION", ""),
    publication_director=text("ORG_PUBLICATION_DIRECTOR", ""),
    host_lines=lines("ORG_HOST", ()),
    sepa_creditor_id=text("ORG_SEPA_CREDITOR_ID", ""),
)
