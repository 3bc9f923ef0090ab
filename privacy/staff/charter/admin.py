"""The charter as those who write it see it: every version, and the publication of the next one."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.accounts.security.step_up import step_up_required
from portals.gestion.concerned import NOBODY_AT_ALL, About
from portals.gestion.model_admin import OwnPage, ReadOnlyAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import long_date
from privacy.staff.charter.actions import PUBLISH, ChangesUntold, NothingChanged, TooEarly, publish
from privacy.staff.charter.forms import VersionForm
from privacy.staff.charter.models import CharterAcknowledgement, CharterVersion
from privacy.staff.charter.queries import latest


@admin.register(CharterVersion)
class CharterVersionAdmin(ReadOnlyAdmin):
    """Every version as it was published."""

    about = NOBODY_AT_ALL
    list_display = ("number", "published_at", "effective_on", "text_sha256")
    fields = ("number", "published_at", "effective_on", "text_sha256", "changes", "text")
    tools = (("Publier une version", "admin:privacy_charterversion_publish", PUBLISH),)

    def own_pages(self) -> list[OwnPage]:
        return [("publier/", publish_page, "privacy_charterversion_publish")]


@admin.register(CharterAcknowledgement)
class CharterAcknowledgementAdmin(ReadOnlyAdmin):
    """Who acknowledged which version, when."""

    about = About(accounts=("account",))
    list_display = ("account_name", "version_number", "at", "text_sha256")
    list_filter = ("version__number",)
    list_select_related = ("account", "version")
    fields = ("account", "version", "text_sha256", "words", "at")
    ordering = ("-at",)

    @admin.display(description="membre du personnel")
    def account_name(self, row: CharterAcknowledgement) -> str:
        return row.account.display_name

    @admin.display(description="version")
    def version_number(self, row: CharterAcknowledgement) -> int:
        return row.version.number


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def publish_page(request: HttpRequest) -> HttpResponseBase:
    """The next text of the charter; it is asked of all staff from its day on."""
    by = with_right(request, PUBLISH)
    last = latest()
    form = VersionForm(request.POST or None, initial={"text": last.text if last else ""})
    if request.method == "POST" and form.is_valid():
        try:
            version = publish(by=by, **form.cleaned_data)
        except NothingChanged:
            form.add_error("text", "Ce texte est celui de la dernière version.")
        except ChangesUntold:
            form.add_error("changes", "Dites, en mots simples, ce qui change.")
        except TooEarly:
            form.add_error("effective_on", "Ce jour est passé, ou précède celui de la version d’avant.")
        else:
            day = long_date(version.effective_on)
            messages.success(
                request, f"La version {version.number} est publiée. Elle est demandée à tous à partir du {day}."
            )
            return redirect("admin:privacy_charterversion_changelist")
    context = {"title": "Publier une version de la charte", "form": form, "last": last}
    return TemplateResponse(request, "admin/privacy/staff/publish.html", context)
