"""The gate: nothing of a space opens before the password is chosen and the terms in force are accepted."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portals.access.entry import entry_of
from portals.accounts.models import Account
from portals.accounts.queries import step_under
from portals.accounts.rules import Step
from portals.accounts.sessions import is_verified

# What stays open to an account with a step to take, whatever the method. Everything else waits, new pages included.
ALWAYS_OPEN = frozenset(
    {
        "portals:terms",
        "portals:terms_version",
        "portals:terms_comparison",
        "portals:terms_acceptance",
        "portals:terms_refused",
        "portals:password_new",
        "portals:password_strength",
        "portals:second_factor_new",
        "portals:second_factor_totp",
        "portals:second_factor_passkey",
        "portals:second_factor_codes",
        "portals:fraud",
        "portals:fraud_received",
        "portals:signup_complete",
        "portals:logout",
        "portals:privacy",
        "portals:dpo",
        # Asking the data protection officer without an account, and the links of single use that follow.
        "privacy:public_new",
        "privacy:public_sent",
        "privacy:link",
        # Declaring a death, taking what somebody left, and why an account is closed: nobody is signed in there.
        "privacy:death_declare",
        "privacy:death_sent",
        "privacy:handover",
        "privacy:memorial",
        "portals:cookies",
        "portals:legal_notices",
        "portals:accessibility",
        "portals:legal_version",
        "portals:legal_comparison",
        "portals:audience_choice",
        "portals:availability",
        "portals:availability_pdf",
        "portals:help",
        "portals:help_article",
        "portals:error_report",
        "portals:error_report_followed",
        "portals:corrections",
        "portals:verify",
        "privacy:unsubscribe",
        "portals:robots",
        "portals:security_contact",
        # Where the demo shows the e-mails that the missing step asks for; no other setting has these addresses.
        "demo:mails",
        "demo:mail",
    }
)

# What remains to whoever refuses the terms (CGU-2.12): theirs alone, so never before the password and second factor.
OPEN_WITHOUT_TERMS = frozenset(
    {
        "portals:terms_history_pdf",
        "portals:step_up",
        "portals:step_up_resume",
        "portals:account_delete",
        "portals:account_delete_cancel",
        "portals:export",
        "portals:export_archive",
        "privacy:breach_told",
        "portals:export_link",
        "portals:export_transfer",
        "privacy:preferences",
        "privacy:preferences_history",
        "privacy:preferences_proof",
        "portals:complaints",
        "portals:complaint_new",
        "portals:complaint",
        "portals:complaint_escalate",
        "portals:complaint_copy",
        "portals:complaint_answer",
        "portals:thread_close",
        "portals:thread_upload",
        "privacy:my_data",
        "privacy:requests",
        "privacy:request_new",
        "privacy:directives",
        "privacy:directives_write",
        "privacy:directives_revoke",
        "privacy:directives_document",
        "privacy:request",
        "privacy:request_proof",
        "privacy:request_withdraw",
        "privacy:request_opinion",
        "privacy:request_answer",
    }
)


class GateMiddleware:
    """Leads a signed-in account to its missing step, for any method and any address not in `ALWAYS_OPEN` (CGU-2.8)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        account = request.user
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not isinstance(account, Account) or name in ALWAYS_OPEN:
            return None
        step = step_under(entry_of(request).terms_in_force_id, account, is_verified=is_verified(request))
        if step is None or (step == Step.TERMS and name in OPEN_WITHOUT_TERMS):
            return None
        return HttpResponseRedirect(reverse(step))
