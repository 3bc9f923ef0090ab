"""What the data protection officer does about a breach, in the order in which it is usually done."""

from privacy.breaches.acts import Act
from privacy.breaches.telling import actions as telling
from privacy.breaches.telling import listing
from privacy.breaches.violations import actions, forms, rules
from privacy.breaches.violations.models import Breach, Exemption, Risk

CHANGE = "privacy.change_breach"


def _is_open(breach: Breach) -> bool:
    return breach.closed_at is None


def _may_prepare(breach: Breach) -> bool:
    last = breach.filings.order_by("-rank").first()
    waits = last is not None and (last.filed_at is None or not last.missing)
    return _is_open(breach) and rules.must_be_notified(breach.risk) and not waits


def _is_not_told(breach: Breach) -> bool:
    return _is_open(breach) and breach.told_at is None


ACTS = (
    Act(
        name="privacy_breach_describe",
        address="decrire/",
        label="Décrire la violation",
        sentence="Que savez-vous <b>aujourd’hui</b>\u202f?",
        explanation="Laissez vide ce qui n’est pas su\u00a0: la notification se fait alors en phases (article\u00a033.4).",
        done="La description est à jour.",
        permission=CHANGE,
        form=forms.description_of,
        perform=lambda by, row, form: actions.describe(by=by, breach=row, facts=form.cleaned_data),
        fits=_is_open,
    ),
    Act(
        name="privacy_breach_assess",
        address="risque/",
        label="Évaluer le risque",
        sentence="Quel <b>risque</b> pour les personnes\u202f?",
        explanation="Un risque improbable dispense de notifier, pas d’inscrire au registre. Un risque élevé oblige à avertir.",
        done="Le risque est évalué.",
        permission=CHANGE,
        form=lambda data, row: forms.RiskForm(data, initial={"risk": row.risk, "reason": row.risk_reason}),
        perform=lambda by, row, form: actions.assess(
            by=by, breach=row, risk=Risk(form.cleaned_data["risk"]), reason=form.cleaned_data["reason"]
        ),
        fits=_is_open,
    ),
    Act(
        name="privacy_breach_prepare",
        address="dossier/",
        label="Préparer le dossier pour la CNIL",
        sentence="Figer <b>le dossier</b> de l’article\u00a033\u202f?",
        explanation="Ce qui est décrit devient un PDF et un JSON. S’il manque un point, la notification est initiale.",
        done="Le dossier est prêt à être déposé.",
        permission=CHANGE,
        form=lambda data, _row: forms.PrepareForm(data),
        perform=lambda by, row, form: actions.prepare(by=by, breach=row, late_reason=form.cleaned_data["late_reason"]),
        fits=_may_prepare,
        is_main=True,
    ),
    Act(
        name="privacy_breach_persons",
        address="personnes/ajouter/",
        label="Ajouter des personnes",
        sentence="Qui d’autre est <b>concerné</b>\u202f?",
        explanation=(
            "Pour ce que le journal ne sait pas\u00a0: un courrier mal adressé, un papier perdu, une liste"
            " d’utilisateurs envoyée à un tiers."
        ),
        done="Les personnes sont ajoutées.",
        permission=CHANGE,
        form=lambda data, _row: forms.PersonsForm(data),
        perform=lambda by, row, form: listing.add_persons(by=by, breach=row, numbers=form.cleaned_data["numbers"]),
        fits=_is_not_told,
    ),
    Act(
        name="privacy_breach_tell",
        address="avertir/",
        label="Avertir les personnes",
        sentence="Avertir <b>toutes les personnes</b> concernées\u202f?",
        explanation=(
            "Une alerte en tête de chaque page de leur espace, un e-mail sans donnée personnelle, et une lettre. Un envoi"
            " ne se rattrape pas."
        ),
        done="Les personnes sont averties\u00a0: le suivi des envois se remplit.",
        permission=CHANGE,
        form=lambda data, _row: forms.TellForm(data, initial={"message": forms.MESSAGE, "letters": "missing"}),
        perform=lambda by, row, form: telling.tell(
            by=by,
            breach=row,
            message=form.cleaned_data["message"],
            to_everybody_by_letter=form.cleaned_data["letters"] == "all",
        ),
        fits=_is_not_told,
    ),
    Act(
        name="privacy_breach_exempt",
        address="dispense/",
        label="Ne pas avertir",
        sentence="Ne pas avertir <b>les personnes</b>\u202f?",
        explanation="Trois cas seulement (article\u00a034.3), et toujours une raison écrite, que la CNIL peut contester.",
        done="La dispense est notée, avec sa raison.",
        permission=CHANGE,
        form=lambda data, _row: forms.ExemptForm(data),
        perform=lambda by, row, form: telling.exempt(
            by=by,
            breach=row,
            exemption=Exemption(form.cleaned_data["exemption"]),
            reason=form.cleaned_data["reason"],
            public_notice=form.cleaned_data["public_notice"],
        ),
        fits=_is_not_told,
    ),
    Act(
        name="privacy_breach_close",
        address="clore/",
        label="Clore",
        sentence="Clore <b>la violation</b> et son incident\u202f?",
        explanation="Quand la CNIL et les personnes ont eu ce qui leur est dû. Elle reste au registre pour toujours.",
        done="La violation est close.",
        permission=CHANGE,
        form=lambda data, _row: forms.LessonsForm(data),
        perform=lambda by, row, form: actions.close(by=by, breach=row, lessons=form.cleaned_data["lessons"]),
        fits=_is_open,
    ),
)
