"""The code page of the sign-in: between the password and the session."""

from allauth.account.internal.decorators import login_stage_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portals.accounts import limits
from portals.accounts.network import address_of, network_of
from portals.accounts.second_factor import passkeys
from portals.accounts.second_factor.actions import Attempt, passkey_refused, passkey_used, try_code
from portals.accounts.second_factor.forms import CodeForm
from portals.accounts.second_factor.models import RecoveryCodes
from portals.accounts.second_factor.queries import has_passkey, typed_codes_of
from portals.accounts.second_factor.stage import SecondFactorStage

WRONG_CODE = "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et écrivez-le."
WRONG_RECOVERY_CODE = "Ce code de secours n’est pas dans votre liste, ou il a déjà servi."
WRONG_PASSKEY = "Cette clé d’accès n’a pas été reconnue. Recommencez, ou prenez un autre moyen."


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("token", "credential")
@login_stage_required(stage=SecondFactorStage.key, redirect_urlname="portals:login")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks for the code of one device, or for a passkey. Nobody is signed in here: a good answer opens the session."""
    stage: SecondFactorStage = request._login_stage  # type: ignore[attr-defined]  # set by the decorator
    if not stage.still_holds():
        request.session.flush()
        return redirect("portals:login")
    choices = typed_codes_of(stage.account)
    if request.method != "POST":
        return _page(request, stage, CodeForm(choices=choices))
    if request.POST.get("credential"):
        return _with_passkey(request, stage, CodeForm(choices=choices))
    return _with_code(request, stage, CodeForm(request.POST, choices=choices))


def _with_code(request: HttpRequest, stage: SecondFactorStage, form: CodeForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, stage, form, status=400)
    device = form.cleaned_data["device"]
    account = stage.account
    try:
        reservation = limits.reserve_code_check(account.identifier, network_of(address_of(request)))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    attempt = try_code(by=account, device=device, code=form.cleaned_data["token"])
    if attempt.is_good:
        reservation.refund()
        return stage.passed(device, method="otp")
    form.add_error("token", refusal(attempt, WRONG_RECOVERY_CODE if isinstance(device, RecoveryCodes) else WRONG_CODE))
    return _page(request, stage, form, status=400)


def _with_passkey(request: HttpRequest, stage: SecondFactorStage, form: CodeForm) -> HttpResponse:
    account = stage.account
    try:
        device = passkeys.read_assertion(request, account, request.POST["credential"])
    except passkeys.PasskeyRefused:
        passkey_refused(by=account)
        return _page(request, stage, form, status=400, passkey_error=WRONG_PASSKEY)
    passkey_used(by=account, device=device)
    return stage.passed(device, method="webauthn")


def _page(
    request: HttpRequest, stage: SecondFactorStage, form: CodeForm, *, status: int = 200, passkey_error: str = ""
) -> HttpResponse:
    account = stage.account
    context = {
        "form": form,
        "has_codes": bool(form.by_name),
        "passkey_question": passkeys.ask_assertion(request, account) if has_passkey(account) else "",
        "passkey_error": passkey_error,
        "space_of_account": account.space,
    }
    return render(request, "portals/second_factor/verification.html", context, status=status)


def refusal(attempt: Attempt, words: str) -> str:
    """Why a code was refused: others before it were wrong and this one was not looked at, or it is wrong itself."""
    if not attempt.wait:
        return words
    when = f"dans {attempt.wait}\u00a0secondes" if 1 < attempt.wait < 60 else limits.in_words(attempt.wait)
    if attempt.wait == 1:
        when = "dans une seconde"
    return f"Ce code n’a pas été regardé, à cause de ceux qui ont été refusés juste avant\u00a0: réessayez {when}."
