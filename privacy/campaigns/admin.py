"""Campaigns as the communication team writes and sends them. Numbers of people, and never a name."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from portals.access.entry import account_of
from portals.accounts.security.step_up import step_up_required
from portals.editorial.information.markup import to_html
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.campaigns import actions
from privacy.campaigns.audiences import audience_of
from privacy.campaigns.forms import CampaignForm
from privacy.campaigns.models import Campaign, CampaignState

GONE = "Cette campagne est déjà envoyée\u00a0: elle ne change plus."


@admin.register(Campaign)
class CampaignAdmin(PageAdmin):
    """Drafts and what was sent."""

    about = NOBODY_AT_ALL
    tools = (("Écrire une campagne", "admin:privacy_campaign_write", actions.WRITE),)
    list_display = ("subject", "purpose_label", "state", "sent_at", "recipients")
    list_filter = ("state", "purpose__code")
    list_select_related = ("purpose",)
    ordering = ("-id",)

    @admin.display(description="sujet")
    def purpose_label(self, campaign: Campaign) -> str:
        return campaign.purpose.texts.order_by("-number")[0].label

    def own_pages(self) -> list[OwnPage]:
        return [
            ("ecrire/", write_page, "privacy_campaign_write"),
            ("<int:campaign_id>/modifier/", rewrite_page, "privacy_campaign_rewrite"),
            ("<int:campaign_id>/essai/", try_step, "privacy_campaign_try"),
            ("<int:campaign_id>/envoyer/", send_page, "privacy_campaign_send"),
        ]

    def page(self, request: HttpRequest, row: Campaign) -> HttpResponse:
        by = account_of(request)
        is_draft = row.state == CampaignState.DRAFT
        context = {
            **self.admin_site.each_context(request),
            "title": row.subject,
            "campaign": row,
            "is_draft": is_draft,
            "text": row.purpose.texts.order_by("-number")[0],
            "audience": audience_of(row.space).words(row.criteria),
            "body": to_html(row.text),
            "count": actions.count_recipients(by=by, campaign=row) if is_draft else None,
            "progress": None if is_draft else actions.progress_of(by=by, campaign=row),
            "may_write": by.has_perm(actions.WRITE),
            "may_send": by.has_perm(actions.SEND),
        }
        return TemplateResponse(request, "admin/privacy/campaign/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write_page(request: HttpRequest) -> HttpResponseBase:
    """A new campaign."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def rewrite_page(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """The same, while it is a draft."""
    return _form_page(request, get_object_or_404(Campaign.objects.select_related("purpose"), pk=campaign_id))


def _form_page(request: HttpRequest, campaign: Campaign | None) -> HttpResponseBase:
    by = with_right(request, actions.WRITE)
    form = CampaignForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.write(
                by=by, purpose=form.chosen_purpose(), words=form.words(), criteria=form.criteria(), campaign=campaign
            )
        except actions.AlreadySent:
            messages.error(request, GONE)
            return redirect("admin:privacy_campaign_changelist")
        messages.success(request, "La campagne est enregistrée. Relisez-la avant de l’envoyer.")
        return redirect("admin:privacy_campaign_change", row.pk)
    title = "Modifier la campagne" if campaign else "Écrire une campagne"
    return TemplateResponse(request, "admin/privacy/campaign/write.html", {"form": form, "title": title})


@require_POST
def try_step(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """Send it to its author."""
    by = with_right(request, actions.WRITE)
    actions.send_to_author(by=by, campaign=get_object_or_404(Campaign, pk=campaign_id))
    messages.success(request, "Un exemplaire part vers l’adresse de l’auteur de la campagne.")
    return redirect("admin:privacy_campaign_change", campaign_id)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def send_page(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """Ask, with the number of people, then send, after a fresh proof of who sends."""
    by = with_right(request, actions.SEND)
    campaign = get_object_or_404(Campaign.objects.select_related("purpose"), pk=campaign_id)
    if request.method == "POST":
        try:
            actions.send(by=by, campaign=campaign)
        except actions.AlreadySent:
            messages.error(request, GONE)
        else:
            messages.success(request, "L’envoi est lancé.")
        return redirect("admin:privacy_campaign_change", campaign.pk)
    context = {
        "title": "Envoyer la campagne",
        "campaign": campaign,
        "count": actions.count_recipients(by=by, campaign=campaign),
        "audience": audience_of(campaign.space).words(campaign.criteria),
    }
    return TemplateResponse(request, "admin/privacy/campaign/send.html", context)
