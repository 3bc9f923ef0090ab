"""The services of the employer space (CGU-3), as roles, suspensions and the read-only years name them."""

from django.db import connection
from django.utils import timezone

from employers.companies.queries import access_of
from employers.permissions import MANDATABLE, ServiceCode, may_change, may_see
from employers.users.queries import scope_of
from portals.access.models import Basis, Grant
from portals.access.services import Catalogue, Service
from portals.accounts.models import Space

CATALOGUE = Catalogue(Space.EMPLOYER, "employers")
SERVICES = (
    CATALOGUE.service(ServiceCode.HOME, "Accueil", "home", always=True),
    CATALOGUE.service(ServiceCode.INFORMATION, "Informations utiles", "informations", "information"),
    CATALOGUE.service(
        ServiceCode.EMPLOYEES,
        "Salariés",
        "employees",
        "employees_csv",
        "employee",
        "employee_change",
        "employee_new",
        "employee_new_person",
        "employee_new_check",
        "employee_draft_delete",
        "employee_imports",
        "employee_imports_xlsx",
        "employee_imports_csv",
        "employee_file",
        "employee_file_affiliate",
        "employee_file_undo",
        "employee_file_forget",
        "employee_file_lines",
        "employee_file_wrong",
        "employee_operations",
        "employee_operation",
        "employee_operation_undo",
        "employee_end",
        "employee_end_check",
        "employee_end_give_up",
        "employee_end_undo",
        "employee_end_letter",
        "employee_end_mention",
        "employee_dsn",
        "employee_dsn_file",
        "employee_dsn_apply",
        "employee_dsn_delete",
        "employee_dsn_anomalies",
        "employee_links",
        "employee_link_new",
        "employee_link",
        "employee_link_confirm",
        "employee_link_send_again",
        "employee_link_revoke",
    ),
    # A line may be disputed in the read-only years, as anything may be complained of.
    CATALOGUE.service(
        ServiceCode.SLIPS,
        "Bordereaux de cotisations",
        "slips",
        "slip",
        "slip_csv",
        "slip_pdf",
        "slip_dispute",
        ended=True,
    ),
    CATALOGUE.service(
        ServiceCode.TECHNICAL_ACCOUNTS,
        "Comptes techniques",
        "technical_accounts",
        "technical_account",
        "technical_account_pdf",
    ),
    CATALOGUE.service(ServiceCode.CONTRACT, "Contrat", "contract"),
    CATALOGUE.service(
        ServiceCode.WAIVERS,
        "Dispenses",
        "waivers",
        "waivers_control",
        "waivers_provided",
        "waiver",
        "waiver_cases",
        "waiver_new",
        "waiver_renew",
        "waiver_documents",
        "waiver_proof",
        "waiver_proof_act",
        "waiver_copy",
        "waiver_accept",
        "waiver_refuse",
        "waiver_end",
        "waiver_settle",
    ),
    CATALOGUE.service(
        ServiceCode.BANK_DETAILS,
        "Coordonnées bancaires",
        "bank_details",
        "bank_details_change",
        "bank_details_approve",
        "bank_details_refuse",
        "bank_details_mandate",
    ),
    CATALOGUE.service(ServiceCode.DOCUMENTS, "Documents opposables", "documents", "document"),
    # Rights are withdrawn in the read-only years as before; the views refuse to give new ones.
    CATALOGUE.service(
        ServiceCode.USERS,
        "Utilisateurs",
        "users",
        "user",
        "user_role",
        "user_revoke",
        "user_invite",
        "invitation_send_again",
        "invitation_withdraw",
        "user_mandate",
        "user_prolong",
        ended=True,
        always=True,
    ),
)


def allows(grant: Grant, service: Service, changes: bool) -> bool:
    """The rule of the space: the table of roles and, for a filing agent, the scope of the mandate."""
    # The page of an error is written after its transaction was rolled back, and reads nothing more.
    reads_scope = grant.basis == Basis.MANDATE and service.code in MANDATABLE and not connection.needs_rollback
    today = timezone.localdate()
    scope = scope_of(grant, today) if reads_scope else frozenset()
    if changes and reads_scope and access_of(grant.tenant_id, today).ended_on:
        return False  # an agent changes nothing where the company itself no longer may
    return (may_change if changes else may_see)(grant, service.code, scope)
