"""The rubrics of staff: what the account's role opens, and nothing else."""

from django.db import connection
from django.http import HttpRequest

from portals.access.addresses import fixed_address
from portals.access.rubrics import Rubric
from portals.accounts.models import Account
from portals.gestion import mode

QUEUES, ACCESS, SETTINGS = "Files d’attente", "Accès et sécurité", "Textes et réglages"
DATA = "Protection des données"
OWN_BOOKS = "privacy.change_advice"
"""Whose rubrics begin with those of the register."""
VAULT = "medical:home"
"""Outside this site: mode gestion neither opens nor closes it."""
# Label, URL name, icon, permission (without one, everybody's), group under « Plus ».
RUBRICS = (
    ("Accueil", "admin:index", "home", "", ""),
    ("Coffre médical", VAULT, "shield", "privacy.enter_medicalcase", ""),
    ("Courrier", "admin:portals_thread_changelist", "mail", "portals.view_thread", QUEUES),
    (
        "Bénéficiaires",
        "admin:members_beneficiaryrequest_changelist",
        "people",
        "members.view_beneficiaryrequest",
        QUEUES,
    ),
    ("Demandes de soins", "admin:members_carerequest_changelist", "doc", "members.view_carerequest", QUEUES),
    ("Tâches des droits", "admin:privacy_rightstask_changelist", "check", "privacy.view_rightstask", QUEUES),
    (
        "Réponses du médecin-conseil",
        "admin:privacy_medicalcase_changelist",
        "shield",
        "privacy.view_medicalcase",
        QUEUES,
    ),
    ("Incidents", "admin:privacy_incident_changelist", "alert", "privacy.view_incident", ACCESS),
    ("Comptes", "admin:portals_account_changelist", "user", "portals.view_account", ACCESS),
    ("Suspensions", "admin:portals_restriction_changelist", "alert", "portals.view_restriction", ACCESS),
    ("Journal", "admin:privacy_entry_changelist", "list", "privacy.view_entry", ACCESS),
    ("Suites des décès", "admin:privacy_deathtask_changelist", "check", "privacy.view_deathtask", QUEUES),
    ("Demandes de droits", "admin:privacy_rightsrequest_changelist", "shield", "privacy.view_rightsrequest", DATA),
    ("Violations", "admin:privacy_breach_changelist", "alert", "privacy.view_breach", DATA),
    ("Registre", "admin:privacy_publication_changelist", "doc", "privacy.view_publication", DATA),
    ("Analyses d’impact", "admin:privacy_impactassessment_changelist", "scan", "privacy.view_impactassessment", DATA),
    ("Risques", "admin:privacy_risk_changelist", "alert", "privacy.view_risk", DATA),
    ("Décès", "admin:privacy_death_changelist", "people", "privacy.view_death", DATA),
    ("Habilitations", "admin:privacy_accessreview_changelist", "check", "privacy.view_accessreview", ACCESS),
    ("Contrôles", "admin:privacy_control_changelist", "check", "privacy.view_control", DATA),
    ("Autorité", "admin:privacy_authorityexchange_changelist", "mail", "privacy.view_authorityexchange", DATA),
    ("Fiches", "admin:privacy_sheet_changelist", "list", "privacy.view_sheet", DATA),
    ("Destinataires", "admin:privacy_recipient_changelist", "building", "privacy.view_recipient", DATA),
    ("Transmissions", "admin:privacy_transfer_changelist", "arrow", "privacy.view_transfer", DATA),
    ("Avis à la direction", "admin:privacy_advice_changelist", "people", "privacy.view_advice", DATA),
    ("Effacements", "admin:privacy_erasure_changelist", "shield", "privacy.view_erasure", DATA),
    ("Consultations", "admin:privacy_consultation_changelist", "people", "privacy.view_consultation", DATA),
    ("Statistiques", "admin:privacy_edition_figures", "chart", "privacy.view_edition", DATA),
    ("Limitations", "admin:privacy_freeze_changelist", "eye", "privacy.view_freeze", DATA),
    ("Durées de conservation", "admin:privacy_retentionrun_changelist", "clock", "privacy.view_retentionrun", DATA),
    ("Conservations", "admin:privacy_legalhold_changelist", "clock", "privacy.view_legalhold", DATA),
    ("Dossiers d’enquête", "admin:privacy_investigation_changelist", "scan", "privacy.view_investigation", QUEUES),
    ("Alertes de vigilance", "admin:privacy_screeningflag_changelist", "alert", "privacy.view_screeningflag", QUEUES),
    ("Gel des avoirs", "admin:privacy_freezelist_changelist", "list", "privacy.view_freezelist", DATA),
    ("Communications", "admin:privacy_disclosure_changelist", "arrow", "privacy.view_disclosure", DATA),
    ("Historique des lignes", "admin:privacy_rowchange_changelist", "list", "privacy.view_rowchange", ACCESS),
    ("Représentations", "admin:members_representation_changelist", "user", "members.view_representation", QUEUES),
    ("Comptes bancaires", "admin:portals_bankchange_changelist", "card", "portals.view_bankchange", QUEUES),
    (
        "Justificatifs de chômage",
        "admin:members_unemploymentproof_changelist",
        "clock",
        "members.view_unemploymentproof",
        QUEUES,
    ),
    ("Contrats individuels", "admin:members_individualoffer_changelist", "doc", "members.view_individualoffer", QUEUES),
    ("Résiliations", "admin:members_termination_changelist", "unlink", "members.view_termination", QUEUES),
    (
        "Écarts de montants",
        "admin:members_amountdifference_changelist",
        "alert",
        "members.view_amountdifference",
        QUEUES,
    ),
    (
        "Comptes techniques",
        "admin:employers_technicalaccount_changelist",
        "chart",
        "employers.view_technicalaccount",
        QUEUES,
    ),
    ("Télétransmission", "admin:members_noemielink_changelist", "unlink", "members.view_noemielink", QUEUES),
    ("CGU", "admin:portals_termsversion_changelist", "doc", "portals.view_termsversion", SETTINGS),
    ("Charte publiée", "admin:privacy_charterversion_changelist", "doc", "privacy.view_charterversion", SETTINGS),
    ("Modules", "admin:privacy_awarenessmodule_changelist", "people", "privacy.view_awarenessmodule", SETTINGS),
    ("Pages légales", "admin:portals_legalversion_changelist", "doc", "portals.view_legalversion", SETTINGS),
    ("Disponibilité", "admin:portals_interruption_changelist", "clock", "portals.view_interruption", SETTINGS),
    ("Audience", "admin:portals_pagecount_changelist", "chart", "portals.view_pagecount", SETTINGS),
    ("Projet de CGU", "admin:portals_termsdraft_changelist", "clock", "portals.view_termsdraft", SETTINGS),
    (
        "Règles de rattachement",
        "admin:members_beneficiaryrule_changelist",
        "doc",
        "members.view_beneficiaryrule",
        SETTINGS,
    ),
    ("Paramètres légaux", "admin:members_lawparameter_changelist", "doc", "members.view_lawparameter", SETTINGS),
    ("Tarifs des actes", "admin:members_acttariff_changelist", "list", "members.view_acttariff", SETTINGS),
    ("Informations utiles", "admin:portals_article_changelist", "info", "portals.view_article", SETTINGS),
    ("Services", "admin:portals_serviceswitch_changelist", "clock", "portals.view_serviceswitch", SETTINGS),
    ("Campagnes", "admin:privacy_campaign_changelist", "mail", "privacy.view_campaign", SETTINGS),
    ("Choix des personnes", "admin:privacy_choice_changelist", "check", "privacy.view_choice", QUEUES),
    ("Finalités", "admin:privacy_purpose_changelist", "list", "privacy.view_purpose", SETTINGS),
    ("Signaler un incident", "admin:privacy_incident_report", "alert", "privacy.add_incident", ACCESS),
    ("Ma charte", "admin:charter", "doc", "", ACCESS),
    ("Sensibilisation", "admin:awareness", "info", "", ACCESS),
    ("Rôles", "admin:roles", "shield", "", ACCESS),
)


def rubrics(request: HttpRequest, account: Account) -> list[Rubric]:
    """The rubrics of a staff account; the home alone while mode gestion is off. At most the two queries of `has_perm`."""
    entered = mode.is_on(request)
    rows = sorted(RUBRICS, key=_own_first) if entered and account.has_perm(OWN_BOOKS) else RUBRICS
    asks = not connection.needs_rollback  # an error page of somebody whose rights were not read asks nothing any more

    def shown(name: str) -> bool:
        return entered or (asks and name == VAULT)

    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        Rubric(label, fixed_address(name), icon, current=_is_within(here, name), group=group)
        for label, name, icon, permission, group in rows
        if name == "admin:index" or (shown(name) and (not permission or account.has_perm(permission)))
    ]


def _own_first(row: tuple[str, str, str, str, str]) -> tuple[bool, bool]:
    """For the DPO: home, then the register and its books, then what the DPO only reads."""
    return row[1] != "admin:index", row[4] != DATA


def _is_within(here: str, name: str) -> bool:
    """Whether a page belongs to a rubric: the list's own pages are named after its model."""
    return (
        here == name
        or (name == VAULT and here.startswith("medical:"))
        or (name.endswith("_changelist") and here.startswith(name.removesuffix("changelist")))
    )
