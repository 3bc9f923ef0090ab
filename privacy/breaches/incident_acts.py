"""What is done about an incident, beside the measures of one click (`containing.MEASURES`)."""

from django.urls import reverse
from django.utils import timezone

from privacy.breaches import actions, containing, forms
from privacy.breaches.acts import Act
from privacy.breaches.models import Incident, IncidentState, Severity
from privacy.breaches.violations import actions as instructing
from privacy.breaches.violations.models import Breach

CHANGE, BREACH = "privacy.change_incident", "privacy.change_breach"


def _is_open(incident: Incident) -> bool:
    return incident.state == IncidentState.OPEN


def _is_no_breach(incident: Incident) -> bool:
    return _is_open(incident) and not hasattr(incident, "breach")


ACTS = (
    Act(
        name="privacy_incident_into_breach",
        address="violation/",
        label="Inscrire une violation de données",
        sentence="Des données personnelles <b>sont touchées</b>\u202f?",
        explanation=(
            "La violation entre au registre (RGPD, article\u00a033.5) et les 72\u00a0heures courent depuis l’instant où vous"
            " en avez eu connaissance."
        ),
        done="La violation est au registre. Les 72\u00a0heures courent.",
        permission=BREACH,
        form=lambda data, row: forms.EnterForm(data, initial={"aware_at": timezone.localtime(row.opened_at)}),
        perform=lambda by, row, form: instructing.enter(by=by, incident=row, aware_at=form.cleaned_data["aware_at"]),
        fits=_is_no_breach,
        is_main=True,
        leads_to=lambda row: reverse("admin:privacy_breach_change", args=[Breach.objects.get(incident=row).pk]),
    ),
    Act(
        name="privacy_incident_qualify",
        address="gravite/",
        label="Évaluer la gravité",
        sentence="Quelle est <b>la gravité</b> de cet incident\u202f?",
        explanation="Les quatre degrés sont ceux de la CNIL. L’évaluation se refait quand on en sait plus.",
        done="La gravité est notée.",
        permission=CHANGE,
        form=lambda data, row: forms.QualifyForm(data, initial={"severity": row.severity}),
        perform=lambda by, row, form: actions.qualify(
            by=by, incident=row, severity=Severity(form.cleaned_data["severity"]), words=form.cleaned_data["words"]
        ),
        fits=_is_open,
    ),
    Act(
        name="privacy_incident_suspect",
        address="comptes/",
        label="Ajouter un compte en cause",
        sentence="Quel compte est <b>en cause</b>\u202f?",
        explanation="Les mesures d’un clic le concerneront, et le journal dira de qui il a vu les données.",
        done="Le compte est parmi ceux en cause.",
        permission=CHANGE,
        form=lambda data, _row: forms.SuspectForm(data),
        perform=lambda by, row, form: actions.suspect(by=by, incident=row, account=form.cleaned_data["account"]),
        fits=_is_open,
    ),
    Act(
        name="privacy_incident_note",
        address="note/",
        label="Ajouter une note",
        sentence="Qu’avez-vous <b>appris ou fait</b>\u202f?",
        explanation="La note entre dans la chronologie, avec votre nom et l’heure. Elle ne se retire pas.",
        done="La note est dans la chronologie.",
        permission=CHANGE,
        form=lambda data, _row: forms.NoteForm(data),
        perform=lambda by, row, form: actions.add_note(by=by, incident=row, words=form.cleaned_data["words"]),
        fits=_is_open,
    ),
    Act(
        name="privacy_incident_ask",
        address="demander/",
        label="Demander l’arrêt à la sécurité",
        sentence="Que doit arrêter <b>la sécurité</b>\u202f?",
        explanation="Le délégué n’agit pas sur les comptes. Les responsables de la sécurité sont prévenus aussitôt.",
        done="Les responsables de la sécurité sont prévenus.",
        permission=BREACH,
        form=lambda data, _row: forms.AskForm(data),
        perform=lambda by, row, form: containing.ask(by=by, incident=row, words=form.cleaned_data["words"]),
        fits=_is_open,
    ),
    Act(
        name="privacy_incident_close",
        address="clore/",
        label="Clore sans violation",
        sentence="Clore <b>sans violation</b> de données\u202f?",
        explanation="L’incident reste consultable, avec sa raison.",
        done="L’incident est clos.",
        permission=CHANGE,
        form=lambda data, _row: forms.CloseForm(data),
        perform=lambda by, row, form: actions.close(by=by, incident=row, reason=form.cleaned_data["reason"]),
        fits=_is_no_breach,
    ),
)
