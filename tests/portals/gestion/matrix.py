"""For each page of the staff's site: whom it opens for, and whose POST it takes. Written by hand, not from the rights."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from portals.gestion.roles import Role

EVERYBODY = frozenset(Role)
READERS = frozenset({Role.DPO, Role.AGENT, Role.SECURITY, Role.AUDITOR})
OVERSEERS = frozenset({Role.DPO, Role.SECURITY, Role.AUDITOR})
SUPPORT = frozenset({Role.AGENT, Role.SECURITY})
WRITTEN_TO = frozenset({Role.DPO, Role.AGENT})
INCIDENT = frozenset({Role.DPO, Role.SECURITY})
REPORTERS = frozenset({Role.DPO, Role.SECURITY, Role.AGENT, Role.BENEFITS})
SECURITY = frozenset({Role.SECURITY})
AGENT = frozenset({Role.AGENT})
BENEFITS = frozenset({Role.BENEFITS})
DPO = frozenset({Role.DPO})
DPO_BOOKS = frozenset({Role.DPO, Role.AUDITOR})
COMMUNICATION = frozenset({Role.COMMUNICATION})
CAMPAIGN = frozenset({Role.COMMUNICATION, Role.DPO, Role.AUDITOR})
CHOICE = frozenset({Role.DPO, Role.AGENT, Role.AUDITOR})
FRAUD = frozenset({Role.FRAUD})
VIGILANCE = frozenset({Role.VIGILANCE})
INVESTIGATORS = FRAUD | VIGILANCE
TASK_DOERS = frozenset({Role.DPO, Role.AGENT, Role.BENEFITS})
REGISTER = OVERSEERS | {Role.DATA}
RISKS = OVERSEERS | {Role.RISK}
CONTROLLERS = frozenset({Role.DPO, Role.RISK})
REVIEWERS = frozenset({Role.SECURITY, Role.RISK})
CHARTER = frozenset({Role.DPO, Role.SECURITY})
DATA = frozenset({Role.DATA})
NOBODY: frozenset[Role] = frozenset()

NOT_OPENED = {"mode_off", "app_list"}
"""A form that only answers POST, and is everybody's; the index again, one app at a time."""


@dataclass(frozen=True)
class Page:
    """`opens`: for whom GET answers 200. `takes`: whose POST is not refused."""

    opens: frozenset[Role]
    takes: frozenset[Role] = NOBODY


def of_model(name: str, *, read: frozenset[Role], write: frozenset[Role] = NOBODY) -> dict[str, Page]:
    """Django's five pages of a model. Lists hold no form: a POST to one is a look at it."""
    return {
        f"{name}_changelist": Page(read, read),
        f"{name}_change": Page(read, write),
        f"{name}_add": Page(write, write),
        f"{name}_delete": Page(NOBODY),
        f"{name}_history": Page(NOBODY),
    }


def form(roles: frozenset[Role]) -> Page:
    """A page with its form."""
    return Page(roles, roles)


def button(roles: frozenset[Role]) -> Page:
    """An address that answers POST only."""
    return Page(NOBODY, roles)


# A page that is not here fails `test_every_page_is_in_the_table`.
PAGES: dict[str, Page] = {
    "index": form(EVERYBODY),
    "mode": form(EVERYBODY),
    "roles": Page(EVERYBODY),
    "charter": form(EVERYBODY),
    "awareness": Page(EVERYBODY),
    "awareness_module": form(EVERYBODY),
    "review_staff": Page(OVERSEERS),
    "review_companies": Page(OVERSEERS),
    "review_practices": Page(OVERSEERS),
    **of_model("portals_account", read=READERS),
    "portals_account_suspend": form(SUPPORT | FRAUD),
    "portals_account_close": form(SUPPORT | FRAUD),
    "portals_account_credentials": form(SUPPORT),
    "portals_account_factors": form(SECURITY),
    "portals_account_unlock": form(SECURITY),
    "portals_account_hire": form(SECURITY),
    "portals_account_roles": Page(NOBODY),  # Alice is not staff; test_colleagues has the page of somebody who is
    "portals_account_lift": form(SUPPORT),
    **of_model("portals_acceptance", read=READERS),
    **of_model("portals_restriction", read=READERS),
    **of_model("portals_withdrawal", read=READERS),
    "portals_withdrawal_announce": form(SECURITY),
    "portals_withdrawal_cancel": form(SECURITY),
    **of_model("portals_termsversion", read=READERS),
    **of_model("portals_termsdraft", read=READERS, write=DPO),
    "portals_termsdraft_preview": Page(READERS),
    "portals_termsdraft_publish": form(DPO),
    **of_model("portals_legalversion", read=READERS),
    "portals_legalversion_publish": form(DPO),
    **of_model("portals_interruption", read=READERS),
    "portals_interruption_place": form(SECURITY),
    "portals_interruption_end": button(SECURITY),
    "portals_interruption_cancel": button(SECURITY),
    **of_model("portals_pagecount", read=OVERSEERS),
    **of_model("portals_fraudreport", read=INCIDENT),
    **of_model("privacy_incident", read=INCIDENT),
    "privacy_incident_dismiss": form(INCIDENT),
    "privacy_incident_report": form(REPORTERS),
    "privacy_incident_contain": button(SECURITY),
    **{f"privacy_incident_{act}": form(INCIDENT) for act in ("qualify", "suspect", "note", "close")},
    **{f"privacy_incident_{act}": form(DPO) for act in ("into_breach", "ask")},
    **of_model("privacy_breach", read=OVERSEERS),
    "privacy_breach_register_pdf": Page(OVERSEERS),
    "privacy_breach_register_csv": Page(OVERSEERS),
    "privacy_breach_list": Page(DPO),
    "privacy_breach_count": button(DPO),
    "privacy_breach_filing_pdf": Page(DPO),
    "privacy_breach_filing_json": Page(DPO),
    "privacy_breach_letters": Page(NOBODY),  # not printed yet; tests/privacy/breaches/test_telling.py has one that is
    **{
        f"privacy_breach_{act}": form(DPO)
        for act in ("describe", "assess", "prepare", "filed", "persons", "tell", "exempt", "posted", "close")
    },
    **of_model("privacy_charterversion", read=RISKS),
    "privacy_charterversion_publish": form(CHARTER),
    **of_model("privacy_charteracknowledgement", read=RISKS),
    **of_model("privacy_awarenessmodule", read=RISKS),
    "privacy_awarenessmodule_write": form(SECURITY),
    "privacy_awarenessmodule_end": button(SECURITY),
    **of_model("privacy_accessreview", read=RISKS),
    "privacy_accessreview_start": form(SECURITY),
    "privacy_accessreview_line": form(REVIEWERS),
    "privacy_accessreview_close": form(SECURITY),
    "privacy_accessreview_csv": Page(NOBODY),  # not closed yet; tests/privacy/staff/test_reviews.py has one that is
    "privacy_accessreview_pdf": Page(NOBODY),
    **of_model("privacy_choice", read=CHOICE),
    "privacy_choice_enter": form(AGENT),
    "privacy_choice_proof": button(CHOICE),
    "privacy_choice_document": Page(CHOICE),
    "privacy_choice_document_step": button(AGENT),
    **of_model("privacy_purpose", read=READERS | CAMPAIGN, write=DPO),
    "privacy_purpose_stop": form(DPO),
    **of_model("privacy_edition", read=CAMPAIGN),
    "privacy_edition_figures": Page(CAMPAIGN),
    "privacy_edition_export": Page(CAMPAIGN),
    "privacy_edition_again": button(DPO),
    **of_model("privacy_consultation", read=CAMPAIGN),
    "privacy_consultation_write": form(DPO),
    "privacy_consultation_rewrite": form(DPO),
    "privacy_consultation_publish": form(DPO),
    "privacy_consultation_tell": form(DPO),
    "privacy_consultation_sheet": Page(CAMPAIGN),
    **of_model("privacy_campaign", read=CAMPAIGN),
    "privacy_campaign_write": form(COMMUNICATION),
    "privacy_campaign_rewrite": form(COMMUNICATION),
    "privacy_campaign_try": button(COMMUNICATION),
    "privacy_campaign_send": form(COMMUNICATION),
    **of_model("privacy_rightsrequest", read=DPO),
    "privacy_rightsrequest_enter": form(DPO),
    "privacy_rightsrequest_figures": Page(DPO),
    **{
        f"privacy_rightsrequest_{act}": form(DPO)
        for act in ("pause", "receive", "check", "confirm", "extend", "task", "decide", "answer")
    },
    "privacy_rightsrequest_letter": Page(NOBODY),  # not answered yet; tests/privacy/rights/test_desk.py has one that is
    "privacy_rightsrequest_document": Page(DPO),
    **{f"privacy_rightsrequest_{act}": form(DPO) for act in ("plan", "hold", "freeze", "directives")},
    "privacy_rightsrequest_document_step": button(DPO),
    **of_model("privacy_erasure", read=DPO_BOOKS),
    **of_model("privacy_retentionrun", read=DPO_BOOKS),
    "privacy_retentionrun_rules": Page(DPO_BOOKS),
    "privacy_retentionrun_ask": form(DPO),
    "privacy_retentionrun_stop": form(DPO),
    "privacy_retentionrun_csv": Page(DPO_BOOKS),
    "privacy_retentionrun_pdf": Page(DPO_BOOKS),
    **of_model("privacy_retentionswitch", read=DPO_BOOKS),
    "privacy_retentionswitch_resume": form(DPO),
    **of_model("privacy_legalhold", read=DPO_BOOKS),
    "privacy_legalhold_release": form(DPO),
    # The examples are of fraud: tests/privacy/investigations/test_walls.py has the other wall.
    **of_model("privacy_investigation", read=FRAUD | DPO),
    "privacy_investigation_changelist": form(INVESTIGATORS | DPO),
    "privacy_investigation_open": form(INVESTIGATORS),
    "privacy_investigation_measure": button(FRAUD),
    "privacy_investigation_exhibit": Page(FRAUD),
    "privacy_investigation_exhibit_step": button(FRAUD),
    "privacy_investigation_bundle": form(FRAUD),
    "privacy_investigation_declare": Page(NOBODY),
    **{f"privacy_investigation_{act}": form(FRAUD) for act in ("subject", "note", "piece", "hold", "let_go", "decide")},
    **of_model("privacy_screeningflag", read=VIGILANCE),
    "privacy_screeningflag_confirm": form(VIGILANCE),
    "privacy_screeningflag_dismiss": form(VIGILANCE),
    **of_model("privacy_freezelist", read=VIGILANCE | DPO),
    "privacy_freezelist_import": form(VIGILANCE),
    **of_model("privacy_disclosure", read=FRAUD | DPO),
    "privacy_disclosure_changelist": form(INVESTIGATORS | DPO),
    "privacy_disclosure_prepare": form(INVESTIGATORS),
    "privacy_disclosure_register_pdf": Page(DPO),
    "privacy_disclosure_register_csv": Page(DPO),
    "privacy_disclosure_bundle": Page(FRAUD),
    "privacy_disclosure_document": Page(FRAUD | DPO),
    "privacy_disclosure_document_step": button(FRAUD),
    "privacy_disclosure_approve": form(DPO),
    "privacy_disclosure_refuse": form(DPO),
    "privacy_disclosure_produce": form(FRAUD),
    "privacy_disclosure_send": form(FRAUD),
    **of_model("privacy_freeze", read=DPO_BOOKS),
    "privacy_freeze_lift": form(DPO),
    **of_model("privacy_death", read=WRITTEN_TO),
    **{f"privacy_death_{act}": form(WRITTEN_TO) for act in ("enter", "check", "undo")},
    "privacy_death_confirm": form(DPO),
    "privacy_death_estate": Page(NOBODY),  # not confirmed yet; tests/privacy/deaths/test_suites.py has one that is
    "privacy_death_executor": Page(NOBODY),  # the same
    "privacy_death_document": Page(WRITTEN_TO),
    "privacy_death_document_step": button(WRITTEN_TO),
    **of_model("privacy_deathtask", read=TASK_DOERS),
    "privacy_deathtask_finish": button(TASK_DOERS),
    "privacy_deathtask_erase": form(DPO),
    "privacy_deathtask_handover": Page(NOBODY),  # the task is an erasure; tests/privacy/deaths/test_suites.py has one
    "privacy_deathtask_decline": form(DPO),
    **of_model("privacy_rightstask", read=TASK_DOERS),
    "privacy_rightstask_finish": button(TASK_DOERS),
    **of_model("privacy_medicalcase", read=WRITTEN_TO),
    "privacy_medicalcase_end": button(AGENT),
    **of_model("privacy_entry", read=OVERSEERS),
    "privacy_entry_export": Page(OVERSEERS),
    "privacy_entry_inclusion": Page(NOBODY),  # the entry waits for its seal; tests/privacy/audit/test_search.py has one
    "privacy_entry_evidence": Page(NOBODY),
    **of_model("privacy_fieldchange", read=OVERSEERS),
    **of_model("privacy_sheet", read=REGISTER, write=DPO),
    **of_model("privacy_recipient", read=REGISTER, write=DPO),
    **of_model("privacy_transfer", read=REGISTER),
    "privacy_transfer_add": form(DPO),
    **of_model("privacy_publication", read=REGISTER),
    "privacy_publication_publish": form(DPO),
    "privacy_publication_pdf": Page(REGISTER),
    "privacy_publication_csv": Page(REGISTER),
    "privacy_publication_map": Page(DATA),
    "privacy_publication_pack": Page(DPO),
    **of_model("privacy_impactassessment", read=RISKS, write=DPO),
    "privacy_impactassessment_decide": form(DPO),
    "privacy_impactassessment_on": button(DPO),
    "privacy_impactassessment_off": button(DPO),
    **of_model("privacy_risk", read=RISKS, write=DPO),
    **of_model("privacy_plannedmeasure", read=RISKS, write=DPO),
    **of_model("privacy_control", read=RISKS, write=CONTROLLERS),
    "privacy_control_commitments": Page(RISKS),
    "privacy_control_security": Page(RISKS),
    "privacy_control_result": form(CONTROLLERS),
    "privacy_control_evidence": Page(RISKS),
    **of_model("privacy_authorityexchange", read=DPO, write=DPO),
    **of_model("privacy_advice", read=DPO, write=DPO),
    "privacy_advice_report": Page(DPO),
    **of_model("privacy_rowchange", read=OVERSEERS),
    "privacy_rowchange_restore": form(SECURITY),
    **of_model("portals_bankchange", read=READERS),
    "portals_bankchange_cancel": button(SUPPORT),
    **of_model("members_unemploymentproof", read=READERS),
    "members_unemploymentproof_decide": button(AGENT),
    "members_unemploymentproof_attestation": Page(AGENT),
    "members_unemploymentproof_attestation_step": button(AGENT),
    **of_model("members_individualoffer", read=READERS),
    **of_model("members_termination", read=READERS),
    "members_termination_answer": button(AGENT),
    **of_model("portals_thread", read=WRITTEN_TO),
    "portals_thread_answer": button(AGENT),
    "portals_thread_enclosure": Page(AGENT),
    "portals_thread_step": button(AGENT),
    **of_model("portals_errorreport", read=WRITTEN_TO),
    "portals_errorreport_decide": button(AGENT),
    **of_model("employers_technicalaccount", read=READERS),
    "employers_technicalaccount_complete": button(AGENT),
    "employers_technicalaccount_again": button(AGENT),
    "employers_technicalaccount_publish": button(AGENT),
    **of_model("providers_agreementtext", read=READERS, write=AGENT),
    **of_model("providers_rejectreason", read=READERS, write=AGENT),
    **of_model("portals_article", read=READERS, write=AGENT),
    "portals_article_preview": Page(READERS),
    "portals_article_versions": Page(READERS),
    "portals_article_publish": button(AGENT),
    "portals_article_unpublish": button(AGENT),
    **of_model("portals_serviceswitch", read=READERS),
    "portals_serviceswitch_place": form(SUPPORT),
    "portals_serviceswitch_cancel": form(SUPPORT),
    **of_model("members_representation", read=READERS),
    "members_representation_open_account": form(AGENT),
    "members_representation_add_person": form(AGENT),
    "members_representation_designate": form(AGENT),
    "members_representation_decide": button(AGENT),
    "members_representation_end": button(AGENT),
    "members_representation_proof": Page(AGENT),
    "members_representation_proof_step": button(AGENT),
    **of_model("members_beneficiaryrequest", read=READERS),
    "members_beneficiaryrequest_decide": button(AGENT),
    "members_beneficiaryrequest_paper": Page(AGENT),
    "members_beneficiaryrequest_paper_step": button(AGENT),
    **of_model("members_beneficiaryrule", read=READERS, write=AGENT),
    **of_model("members_carerequest", read=BENEFITS),
    "members_carerequest_decide": button(BENEFITS),
    "members_carerequest_document": Page(BENEFITS),
    "members_carerequest_document_step": button(BENEFITS),
    **of_model("members_amountdifference", read=READERS),
    "members_amountdifference_answer": button(AGENT),
    **of_model("members_contributionterm", read=READERS, write=AGENT),
    **of_model("members_instalment", read=READERS, write=AGENT),
    **of_model("members_legaldocument", read=READERS, write=AGENT),
    **of_model("members_noemielink", read=READERS, write=AGENT),
    **of_model("members_parentalauthority", read=READERS),
    "members_parentalauthority_add": form(AGENT),
    **of_model("members_lawparameter", read=READERS, write=AGENT),
    **of_model("members_acttariff", read=READERS, write=AGENT),
    **of_model("members_conventiontype", read=READERS, write=AGENT),
    **of_model("members_carddomain", read=READERS, write=AGENT),
    **of_model("members_cardconvention", read=READERS, write=AGENT),
}


def page_names() -> list[str]:
    """Every named page of the staff's site."""
    site = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and pattern.app_name == "admin"
    )
    names: list[str] = []
    for pattern in site.url_patterns:
        inside = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        names += [page.name for page in inside if isinstance(page, URLPattern) and page.name]
    return names
