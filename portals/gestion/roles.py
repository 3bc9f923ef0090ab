"""Who may do what in `/gestion/`: one table of roles, things and verbs (PDP-7.3).

Roles are Django groups. After each `migrate` the groups get exactly the permissions of this table, no more; a test
opens every page as every role. Nobody is a superuser.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The value is the name of the group, as people read it."""

    DPO = "DPO"
    AGENT = "Gestionnaire"
    BENEFITS = "Gestionnaire de prestations"
    MEDICAL_ADVISER = "Médecin-conseil"
    MEDICAL_ASSISTANT = "Assistant du médecin-conseil"
    SECURITY = "RSSI"
    AUDITOR = "Auditeur"
    DATA = "Responsable des données"
    RISK = "Risques et conformité"
    COMMUNICATION = "Communication"
    FRAUD = "Enquêteur fraude"
    VIGILANCE = "Responsable LCB-FT"


@dataclass(frozen=True)
class Right:
    """A verb on a model, as a permission. `verb` is Django's (view, add, change) or one of ours."""

    model: str
    verb: str
    label: str
    roles: frozenset[Role]

    @property
    def codename(self) -> str:
        return f"{self.verb}_{self.model.split('.')[1]}"

    @property
    def permission(self) -> str:
        """As `has_perm` wants it: `portals.view_account`."""
        return f"{self.model.split('.')[0]}.{self.codename}"


READERS = frozenset({Role.DPO, Role.AGENT, Role.SECURITY, Role.AUDITOR})
OVERSEERS = frozenset({Role.DPO, Role.SECURITY, Role.AUDITOR})
REGISTER_READERS = OVERSEERS | {Role.DATA}
RISK_READERS = OVERSEERS | {Role.RISK}
RISK_ONLY = frozenset({Role.RISK})
DATA_ONLY = frozenset({Role.DATA})
CONTROLLERS = frozenset({Role.DPO, Role.RISK})
REVIEWERS = frozenset({Role.SECURITY, Role.RISK})
CHARTER_WRITERS = frozenset({Role.DPO, Role.SECURITY})
SUPPORT = frozenset({Role.AGENT, Role.SECURITY})
SECURITY_ONLY = frozenset({Role.SECURITY})
DPO_ONLY = frozenset({Role.DPO})
ARCHIVE_READERS = frozenset({Role.DPO, Role.AUDITOR})
MEDICAL = frozenset({Role.MEDICAL_ADVISER, Role.MEDICAL_ASSISTANT})
AGENT_ONLY = frozenset({Role.AGENT})
BENEFITS_ONLY = frozenset({Role.BENEFITS})
WRITTEN_TO = frozenset({Role.DPO, Role.AGENT})
COMMUNICATION_ONLY = frozenset({Role.COMMUNICATION})
CAMPAIGN_READERS = frozenset({Role.COMMUNICATION, Role.DPO, Role.AUDITOR})
CHOICE_READERS = frozenset({Role.DPO, Role.AGENT, Role.AUDITOR})
TASK_DOERS = frozenset({Role.DPO, Role.AGENT, Role.BENEFITS})
INCIDENT_HANDLERS = frozenset({Role.DPO, Role.SECURITY})
INVESTIGATORS = frozenset({Role.FRAUD, Role.VIGILANCE})
VIGILANCE_ONLY = frozenset({Role.VIGILANCE})
CASE_READERS = INVESTIGATORS | {Role.DPO}
REPORTERS = frozenset({Role.DPO, Role.SECURITY, Role.AGENT, Role.BENEFITS})

# The medical adviser and their assistants work outside this site (privacy.vault.medical): their roles open nothing here but the
# link that leads there.
RIGHTS: tuple[Right, ...] = (
    Right("portals.account", "view", "Chercher et consulter un compte", READERS),
    Right("portals.account", "resend", "Renvoyer les moyens de se connecter", SUPPORT),
    Right("portals.account", "unlock", "Débloquer un compte après une fraude", SECURITY_ONLY),
    Right("portals.account", "reset_factors", "Retirer les seconds facteurs", SECURITY_ONLY),
    Right("portals.account", "restrict_staff", "Suspendre ou fermer le compte d’un membre du personnel", SECURITY_ONLY),
    Right("portals.account", "hire", "Ouvrir un compte du personnel", SECURITY_ONLY),
    Right("portals.account", "assign", "Donner et retirer les rôles du personnel", SECURITY_ONLY),
    Right("portals.account", "review", "Exporter la revue des habilitations", OVERSEERS),
    Right("portals.acceptance", "view", "Consulter les preuves d’acceptation des CGU", READERS),
    Right("portals.restriction", "view", "Consulter les suspensions et fermetures", READERS),
    Right("portals.restriction", "add", "Suspendre ou fermer un compte", SUPPORT | {Role.FRAUD}),
    Right("portals.restriction", "change", "Lever une suspension ou une fermeture", SUPPORT),
    Right("portals.withdrawal", "view", "Consulter les fermetures d’espaces", READERS),
    Right("portals.withdrawal", "add", "Annoncer la fermeture d’un espace", SECURITY_ONLY),
    Right("portals.withdrawal", "change", "Annuler la fermeture d’un espace", SECURITY_ONLY),
    Right("portals.termsversion", "view", "Consulter les versions des CGU", READERS),
    Right("portals.termsversion", "add", "Publier une version des CGU", DPO_ONLY),
    Right("portals.termsdraft", "view", "Lire le projet de CGU", READERS),
    Right("portals.termsdraft", "add", "Écrire un projet de CGU", DPO_ONLY),
    Right("portals.termsdraft", "change", "Modifier le projet de CGU", DPO_ONLY),
    Right("portals.legalversion", "view", "Consulter les versions des pages légales", READERS),
    Right("portals.legalversion", "add", "Publier une version d’une page légale", DPO_ONLY),
    Right("portals.interruption", "view", "Consulter les interruptions de service", READERS),
    Right("portals.interruption", "add", "Annoncer une maintenance, noter un incident", SECURITY_ONLY),
    Right("portals.interruption", "change", "Terminer un incident, annuler une maintenance", SECURITY_ONLY),
    Right("portals.pagecount", "view", "Consulter l’audience des pages", OVERSEERS),
    Right("portals.fraudreport", "view", "Consulter les signalements de fraude", INCIDENT_HANDLERS),
    Right("privacy.incident", "view", "Consulter les incidents", INCIDENT_HANDLERS),
    Right("privacy.incident", "dismiss", "Écarter une alerte du journal", INCIDENT_HANDLERS),
    Right("privacy.incident", "add", "Signaler un incident", REPORTERS),
    Right("privacy.incident", "change", "Qualifier, suivre et clore un incident", INCIDENT_HANDLERS),
    Right("privacy.incident", "contain", "Suspendre, déconnecter et révoquer les comptes en cause", SECURITY_ONLY),
    Right("privacy.breach", "view", "Consulter les violations de données et leur registre", OVERSEERS),
    Right("privacy.breach", "change", "Instruire une violation, la notifier, avertir les personnes", DPO_ONLY),
    Right("members.representation", "view", "Consulter les demandes de représentation", READERS),
    Right("members.representation", "change", "Décider d’une demande de représentation", AGENT_ONLY),
    Right("members.representation", "open", "Ouvrir le compte d’un représentant, lui confier une personne", AGENT_ONLY),
    Right("portals.bankchange", "view", "Consulter les changements de compte bancaire", READERS),
    Right("portals.bankchange", "change", "Annuler un changement de compte bancaire", SUPPORT),
    Right("members.termination", "view", "Consulter les demandes de résiliation", READERS),
    Right("members.termination", "change", "Répondre à une demande de résiliation", AGENT_ONLY),
    Right("portals.thread", "view", "Lire les réclamations et les messages", WRITTEN_TO),
    Right("portals.thread", "change", "Répondre aux réclamations et aux messages", frozenset({Role.AGENT})),
    Right("portals.thread", "answer_dpo", "Lire les questions posées au DPO et y répondre", DPO_ONLY),
    Right("portals.errorreport", "view", "Lire les erreurs signalées", WRITTEN_TO),
    Right("portals.errorreport", "change", "Traiter les erreurs signalées", frozenset({Role.AGENT})),
    # Quotes, invoices and prescriptions: nobody but those who assess them (PDP-4.4).
    Right(
        "members.carerequest", "view", "Consulter les prises en charge et les remboursements demandés", BENEFITS_ONLY
    ),
    Right("members.carerequest", "change", "Décider d’une prise en charge ou d’un remboursement", BENEFITS_ONLY),
    Right("members.conventiontype", "view", "Consulter les types de convention", READERS),
    Right("members.conventiontype", "add", "Ajouter un type de convention", frozenset({Role.AGENT})),
    Right("members.conventiontype", "change", "Modifier les types de convention", frozenset({Role.AGENT})),
    Right("members.carddomain", "view", "Consulter les domaines de la carte", READERS),
    Right("members.carddomain", "add", "Ajouter un domaine de la carte", frozenset({Role.AGENT})),
    Right("members.carddomain", "change", "Modifier les domaines de la carte", frozenset({Role.AGENT})),
    Right("members.cardconvention", "view", "Consulter les conventions des formules", READERS),
    Right("members.cardconvention", "add", "Ajouter une convention de formule", frozenset({Role.AGENT})),
    Right("members.cardconvention", "change", "Modifier les conventions des formules", frozenset({Role.AGENT})),
    Right("members.beneficiaryrequest", "view", "Consulter les demandes de rattachement", READERS),
    Right("members.beneficiaryrequest", "change", "Décider d’une demande de rattachement", AGENT_ONLY),
    Right("members.beneficiaryrule", "view", "Consulter les règles de rattachement", READERS),
    Right("members.beneficiaryrule", "add", "Ajouter une règle de rattachement", AGENT_ONLY),
    Right("members.beneficiaryrule", "change", "Modifier une règle de rattachement", AGENT_ONLY),
    Right("members.unemploymentproof", "view", "Consulter les justificatifs de chômage", READERS),
    Right("members.unemploymentproof", "change", "Décider d’un justificatif de chômage", AGENT_ONLY),
    Right("members.individualoffer", "view", "Consulter les offres de contrat individuel", READERS),
    Right("members.amountdifference", "view", "Consulter les écarts de montants", READERS),
    Right("members.amountdifference", "change", "Répondre à un écart de montant", frozenset({Role.AGENT})),
    Right("members.contributionterm", "view", "Consulter les modalités de cotisation", READERS),
    Right("members.contributionterm", "add", "Ajouter une modalité de cotisation", frozenset({Role.AGENT})),
    Right("members.contributionterm", "change", "Modifier une modalité de cotisation", frozenset({Role.AGENT})),
    Right("members.instalment", "view", "Consulter les échéances de cotisation", READERS),
    Right("members.instalment", "add", "Ajouter une échéance de cotisation", frozenset({Role.AGENT})),
    Right("members.instalment", "change", "Modifier une échéance de cotisation", frozenset({Role.AGENT})),
    Right("members.legaldocument", "view", "Consulter les documents opposables", READERS),
    Right("members.legaldocument", "add", "Publier un document opposable", frozenset({Role.AGENT})),
    Right("members.legaldocument", "change", "Dire le dernier jour d’un document opposable", frozenset({Role.AGENT})),
    Right("members.noemielink", "view", "Consulter les liens de télétransmission", READERS),
    Right("members.noemielink", "add", "Créer un lien de télétransmission", frozenset({Role.AGENT})),
    Right("members.noemielink", "change", "Modifier un lien de télétransmission", frozenset({Role.AGENT})),
    Right("members.parentalauthority", "view", "Consulter les jugements sur l’autorité parentale", READERS),
    Right("members.parentalauthority", "add", "Enregistrer un jugement sur l’autorité parentale", AGENT_ONLY),
    Right("members.lawparameter", "view", "Consulter les paramètres légaux", READERS),
    Right("members.lawparameter", "add", "Ajouter un paramètre légal", frozenset({Role.AGENT})),
    Right("members.lawparameter", "change", "Corriger un paramètre légal", frozenset({Role.AGENT})),
    Right("members.acttariff", "view", "Consulter les tarifs des actes", READERS),
    Right("members.acttariff", "add", "Ajouter un tarif d’acte", frozenset({Role.AGENT})),
    Right("members.acttariff", "change", "Corriger un tarif d’acte", frozenset({Role.AGENT})),
    Right("providers.agreementtext", "view", "Consulter les textes de convention", READERS),
    Right("providers.agreementtext", "add", "Publier un texte de convention", AGENT_ONLY),
    Right("providers.agreementtext", "change", "Dire le dernier jour d’un texte de convention", AGENT_ONLY),
    Right("employers.technicalaccount", "view", "Consulter les comptes techniques", READERS),
    Right("employers.technicalaccount", "change", "Compléter et publier les comptes techniques", AGENT_ONLY),
    Right("providers.rejectreason", "view", "Consulter les motifs de rejet des factures", READERS),
    Right("providers.rejectreason", "add", "Ajouter un motif de rejet", AGENT_ONLY),
    Right("providers.rejectreason", "change", "Modifier un motif de rejet", AGENT_ONLY),
    Right("portals.article", "view", "Lire les informations utiles et leurs versions", READERS),
    Right("portals.article", "add", "Écrire une information utile", AGENT_ONLY),
    Right("portals.article", "change", "Modifier, publier et retirer une information utile", AGENT_ONLY),
    Right("portals.serviceswitch", "view", "Consulter l’ouverture des services", READERS),
    Right("portals.serviceswitch", "add", "Arrêter, ouvrir ou annoncer un service", SUPPORT),
    Right("portals.serviceswitch", "change", "Annuler une décision sur un service", SUPPORT),
    Right("privacy.choice", "view", "Consulter les choix des personnes et leurs preuves", CHOICE_READERS),
    Right("privacy.choice", "add", "Saisir un choix reçu par courrier ou par téléphone", AGENT_ONLY),
    Right(
        "privacy.purpose", "view", "Consulter ce que les personnes acceptent ou refusent", READERS | CAMPAIGN_READERS
    ),
    Right("privacy.purpose", "add", "Ajouter une finalité soumise à l’accord des personnes", DPO_ONLY),
    Right("privacy.purpose", "change", "Modifier ou arrêter une finalité", DPO_ONLY),
    Right("privacy.campaign", "view", "Consulter les campagnes", CAMPAIGN_READERS),
    Right("privacy.campaign", "change", "Écrire une campagne", COMMUNICATION_ONLY),
    Right("privacy.campaign", "send", "Envoyer une campagne", COMMUNICATION_ONLY),
    Right("privacy.edition", "view", "Lire les statistiques anonymes et leurs éditions", CAMPAIGN_READERS),
    Right("privacy.edition", "change", "Refaire une édition de statistiques refusée", DPO_ONLY),
    Right("privacy.consultation", "view", "Lire les consultations et leurs résultats", CAMPAIGN_READERS),
    Right("privacy.consultation", "change", "Préparer, publier et conclure une consultation", DPO_ONLY),
    Right("privacy.erasure", "view", "Consulter les effacements", frozenset({Role.DPO, Role.AUDITOR})),
    Right("privacy.erasure", "add", "Ordonner un effacement", DPO_ONLY),
    Right("privacy.legalhold", "view", "Consulter les conservations pour litige", frozenset({Role.DPO, Role.AUDITOR})),
    Right("privacy.legalhold", "add", "Conserver des données pour un litige", DPO_ONLY),
    Right("privacy.legalhold", "change", "Lever une conservation pour litige", DPO_ONLY),
    Right("privacy.retentionrun", "view", "Consulter les règles et les passages de la conservation", ARCHIVE_READERS),
    Right("privacy.retentionrun", "add", "Demander un passage de la conservation", DPO_ONLY),
    Right("privacy.retentionswitch", "view", "Consulter les arrêts de la conservation", ARCHIVE_READERS),
    Right("privacy.retentionswitch", "add", "Arrêter la conservation", DPO_ONLY),
    Right("privacy.retentionswitch", "change", "Reprendre la conservation", DPO_ONLY),
    Right("privacy.archived", "view", "Lire les archives intermédiaires", ARCHIVE_READERS),
    # Two walls: what is behind each is decided by the database, from the two rights below (privacy.investigations.walls).
    Right("privacy.investigation", "view", "Consulter les dossiers d’enquête, ou leur seule couverture", CASE_READERS),
    Right("privacy.investigation", "fraud", "Lire et instruire les dossiers de fraude", frozenset({Role.FRAUD})),
    Right("privacy.investigation", "vigilance", "Lire et instruire les dossiers LCB-FT", VIGILANCE_ONLY),
    Right("privacy.investigation", "oversee", "Voir qu’un dossier existe, ce qu’il conserve et ses délais", DPO_ONLY),
    Right("privacy.investigation", "add", "Ouvrir un dossier d’enquête", INVESTIGATORS),
    Right("privacy.investigation", "change", "Suivre et conclure un dossier d’enquête", INVESTIGATORS),
    Right("privacy.screeningflag", "view", "Consulter les alertes de vigilance", VIGILANCE_ONLY),
    Right("privacy.screeningflag", "change", "Confirmer ou écarter une alerte de vigilance", VIGILANCE_ONLY),
    Right("privacy.freezelist", "view", "Consulter les listes de gel des avoirs", VIGILANCE_ONLY | {Role.DPO}),
    Right("privacy.freezelist", "add", "Importer une liste de gel des avoirs", VIGILANCE_ONLY),
    Right("privacy.disclosure", "view", "Consulter les communications aux autorités", CASE_READERS),
    Right("privacy.disclosure", "add", "Préparer une communication à une autorité", INVESTIGATORS),
    Right("privacy.disclosure", "change", "Produire et remettre une communication approuvée", INVESTIGATORS),
    Right("privacy.disclosure", "approve", "Approuver une communication, exporter leur registre", DPO_ONLY),
    Right("privacy.freeze", "view", "Consulter les limitations d’usage", frozenset({Role.DPO, Role.AUDITOR})),
    Right("privacy.freeze", "add", "Limiter l’usage de données", DPO_ONLY),
    Right("privacy.freeze", "change", "Lever une limitation d’usage", DPO_ONLY),
    Right("privacy.rightsrequest", "view", "Consulter les demandes de droits", DPO_ONLY),
    Right("privacy.rightsrequest", "add", "Saisir une demande de droit reçue par courrier ou e-mail", DPO_ONLY),
    Right("privacy.rightsrequest", "change", "Instruire les demandes de droits et y répondre", DPO_ONLY),
    Right("privacy.rightstask", "view", "Voir les tâches des demandes de droits", TASK_DOERS),
    Right("privacy.rightstask", "change", "Faire les tâches des demandes de droits", TASK_DOERS),
    # Who recognises a departed person does not confirm: two rights, and two people (privacy.deaths).
    Right("privacy.death", "view", "Consulter les décès déclarés", WRITTEN_TO),
    Right("privacy.death", "add", "Saisir un décès appris par courrier ou par téléphone", WRITTEN_TO),
    Right("privacy.death", "change", "Vérifier un décès, l’écarter, écrire aux héritiers", WRITTEN_TO),
    Right("privacy.death", "confirm", "Confirmer un décès, appliquer des directives", DPO_ONLY),
    Right("privacy.deathtask", "view", "Voir les suites des décès", TASK_DOERS),
    Right("privacy.deathtask", "change", "Donner les suites d’un décès", TASK_DOERS),
    # One word of the medical adviser's answer; what it rests on is in the vault, which no right of this table opens.
    Right(
        "privacy.medicalcase",
        "enter",
        "Demander l’entrée du coffre médical, qui ne s’ouvre qu’aux personnes nommées",
        MEDICAL,
    ),
    Right("privacy.medicalcase", "view", "Lire les réponses du médecin-conseil", WRITTEN_TO),
    Right("privacy.medicalcase", "change", "Noter la fin d’une garantie", AGENT_ONLY),
    Right("privacy.entry", "view", "Consulter le journal des opérations", OVERSEERS),
    Right("privacy.fieldchange", "view", "Consulter l’historique des champs", OVERSEERS),
    # The DPO's own books: nobody who works on the files of members writes in them (PDP-2.1).
    Right("privacy.sheet", "view", "Consulter les fiches du registre", REGISTER_READERS),
    Right("privacy.sheet", "add", "Ouvrir une fiche du registre", DPO_ONLY),
    Right("privacy.sheet", "change", "Compléter une fiche du registre", DPO_ONLY),
    Right("privacy.recipient", "view", "Consulter les destinataires et sous-traitants", REGISTER_READERS),
    Right("privacy.recipient", "add", "Inscrire un destinataire", DPO_ONLY),
    Right("privacy.recipient", "change", "Compléter un destinataire", DPO_ONLY),
    Right("privacy.transfer", "view", "Consulter les transmissions", REGISTER_READERS),
    Right("privacy.transfer", "add", "Noter une transmission", DPO_ONLY),
    Right("privacy.publication", "view", "Consulter et exporter le registre", REGISTER_READERS),
    Right("privacy.publication", "add", "Publier le registre, préparer le dossier de l’autorité", DPO_ONLY),
    Right("privacy.impactassessment", "view", "Consulter les analyses d’impact", RISK_READERS),
    Right("privacy.impactassessment", "add", "Commencer une analyse d’impact", DPO_ONLY),
    Right("privacy.impactassessment", "change", "Décider d’une analyse, mettre en service et arrêter", DPO_ONLY),
    Right("privacy.risk", "view", "Consulter les risques", RISK_READERS),
    Right("privacy.risk", "add", "Ajouter un risque", DPO_ONLY),
    Right("privacy.risk", "change", "Coter et clore un risque", DPO_ONLY),
    Right("privacy.plannedmeasure", "view", "Consulter le plan d’action", RISK_READERS),
    Right("privacy.plannedmeasure", "add", "Ajouter une mesure au plan d’action", DPO_ONLY),
    Right("privacy.plannedmeasure", "change", "Suivre une mesure du plan d’action", DPO_ONLY),
    Right("privacy.control", "view", "Consulter les contrôles, leurs preuves et les engagements", RISK_READERS),
    Right("privacy.control", "add", "Prévoir un contrôle ou un audit", CONTROLLERS),
    Right("privacy.control", "change", "Noter le résultat d’un contrôle", CONTROLLERS),
    Right("privacy.authorityexchange", "view", "Consulter les échanges avec l’autorité", DPO_ONLY),
    Right("privacy.authorityexchange", "add", "Noter un échange avec l’autorité", DPO_ONLY),
    Right("privacy.authorityexchange", "change", "Suivre un échange avec l’autorité", DPO_ONLY),
    Right("privacy.advice", "view", "Consulter les avis à la direction", DPO_ONLY),
    Right("privacy.advice", "add", "Donner un avis à la direction", DPO_ONLY),
    Right("privacy.advice", "change", "Suivre un avis, établir le rapport de gestion", DPO_ONLY),
    # The others who work with the data protection officer (PDP-2.8): each has verbs, and a home, of its own.
    Right(
        "privacy.publication", "map", "Lire la carte des données, leur qualité et le compte des effacements", DATA_ONLY
    ),
    Right("privacy.control", "audit", "Suivre les risques, les contrôles et le plan d’audit", RISK_ONLY),
    Right("privacy.charterversion", "view", "Consulter les versions de la charte du personnel", RISK_READERS),
    Right("privacy.charterversion", "add", "Publier une version de la charte du personnel", CHARTER_WRITERS),
    Right("privacy.charteracknowledgement", "view", "Voir qui s’est engagé à suivre la charte", RISK_READERS),
    Right(
        "privacy.awarenessmodule", "view", "Consulter les modules de sensibilisation et qui les a suivis", RISK_READERS
    ),
    Right("privacy.awarenessmodule", "add", "Publier un module de sensibilisation", SECURITY_ONLY),
    Right("privacy.awarenessmodule", "change", "Terminer un module de sensibilisation", SECURITY_ONLY),
    Right("privacy.accessreview", "view", "Consulter les revues des habilitations", RISK_READERS),
    Right("privacy.accessreview", "add", "Commencer une revue des habilitations", SECURITY_ONLY),
    Right("privacy.accessreview", "decide", "Confirmer ou retirer un rôle, jamais le sien", REVIEWERS),
    Right("privacy.accessreview", "close", "Clore une revue et signer son procès-verbal", SECURITY_ONLY),
    Right("privacy.rowchange", "view", "Consulter le passé d’une ligne", OVERSEERS),
    Right("privacy.rowchange", "restore", "Rétablir une valeur antérieure", SECURITY_ONLY),
)


def rights_of(role: Role) -> list[Right]:
    """What a role may do, in the order of the table."""
    return [right for right in RIGHTS if role in right.roles]
