"""What is done about a file, each a page of its own."""

from privacy.investigations import actions, evidence, forms, holding, measures
from privacy.investigations.base import Act, Refusals
from privacy.investigations.models import Decision, Investigation, Kind, State

CHANGE = "privacy.change_investigation"
REFUSALS: Refusals = {
    actions.Closed: "Ce dossier est clos\u00a0: il ne se modifie plus.",
    actions.AlreadyThere: "Cette personne est déjà dans le dossier.",
    actions.WrongDecision: "Ce dossier ne se conclut pas ainsi.",
    holding.NobodyToHold: "Le dossier ne concerne encore personne.",
    measures.NoMeasure: "Aucune mesure ne se prend depuis ce dossier.",
}


def _is_open(case: Investigation) -> bool:
    return case.state == State.OPEN


def _is_vigilance(case: Investigation) -> bool:
    return _is_open(case) and case.kind == Kind.FINANCIAL_CRIME


ACTS = (
    Act(
        name="privacy_investigation_subject",
        address="personne/",
        label="Ajouter une personne",
        sentence="Qui est <b>en cause</b>\u202f?",
        explanation="Une personne couverte, un compte, une entreprise ou un professionnel. Elle n’en est pas avertie.",
        done="Cette personne est dans le dossier.",
        permission=CHANGE,
        form=lambda data, _files, _row: forms.SubjectForm(data),
        perform=lambda by, row, form: actions.add_subject(by=by, case=row, found=form.cleaned_data["who"]),
        fits=_is_open,
    ),
    Act(
        name="privacy_investigation_note",
        address="note/",
        label="Ajouter une note",
        sentence="Qu’avez-vous <b>constaté</b>\u202f?",
        explanation="La note entre dans la chronologie avec votre nom et l’heure. Elle ne se retire pas.",
        done="La note est dans la chronologie.",
        permission=CHANGE,
        form=lambda data, _files, _row: forms.NoteForm(data),
        perform=lambda by, row, form: actions.add_note(by=by, case=row, words=form.cleaned_data["words"]),
        fits=_is_open,
    ),
    Act(
        name="privacy_investigation_piece",
        address="piece/",
        label="Verser une pièce",
        sentence="Quelle pièce <b>verser</b> au dossier\u202f?",
        explanation=(
            "Le fichier est gardé tel quel, chiffré, avec son empreinte inscrite au journal. Vous en lirez une copie rendue"
            " inoffensive, une fois sortie de quarantaine."
        ),
        done="La pièce est au dossier.",
        permission=CHANGE,
        form=lambda data, files, _row: forms.ExhibitForm(data, files),
        perform=lambda by, row, form: evidence.receive_piece(
            by=by, case=row, label=form.cleaned_data["label"], piece=form.cleaned_data["file"]
        ),
        fits=_is_open,
    ),
    Act(
        name="privacy_investigation_hold",
        address="conserver/",
        label="Conserver leurs données",
        sentence="Conserver <b>toutes leurs données</b> jusqu’à quand\u202f?",
        explanation=(
            "Ni effacement ni purge ne les touchent jusqu’à ce jour. Le délégué voit le numéro du dossier\u202f; la personne"
            " n’en lit rien."
        ),
        done="Leurs données sont conservées.",
        permission=CHANGE,
        form=lambda data, _files, _row: forms.HoldForm(data),
        perform=lambda by, row, form: holding.hold(
            by=by, case=row, until=form.cleaned_data["until"], words=form.cleaned_data["words"]
        ),
        fits=_is_open,
    ),
    Act(
        name="privacy_investigation_let_go",
        address="liberer/",
        label="Lever la conservation",
        sentence="Lever <b>la conservation</b>\u202f?",
        explanation="Ce que la loi laisse partir partira de nouveau à son terme.",
        done="La conservation est levée.",
        permission=CHANGE,
        form=lambda data, _files, _row: forms.LetGoForm(data),
        perform=lambda by, row, form: holding.let_go(by=by, case=row, words=form.cleaned_data["words"]),
        fits=lambda row: row.state != State.PURGED and any(map(holding.stands, holding.holds_of(row))),
    ),
    Act(
        name="privacy_investigation_declare",
        address="declarer/",
        label="Noter une déclaration",
        sentence="Quand le soupçon a-t-il été <b>déclaré</b>\u202f?",
        explanation=(
            "Rien n’est transmis d’ici\u00a0: la déclaration se fait sur le téléservice de Tracfin. Ni la personne ni un tiers"
            " ne doit l’apprendre (code monétaire et financier, art. L. 561-18)."
        ),
        done="La déclaration est notée.",
        permission="privacy.vigilance_investigation",
        form=lambda data, _files, _row: forms.DeclareForm(data),
        perform=lambda by, row, form: actions.declare(by=by, case=row, **form.cleaned_data),
        fits=_is_vigilance,
    ),
    Act(
        name="privacy_investigation_decide",
        address="conclure/",
        label="Conclure",
        sentence="Comment ce dossier <b>se conclut-il</b>\u202f?",
        explanation="Le dossier se ferme. Il sera détruit au terme que la loi fixe, sauf si une conservation court encore.",
        done="Le dossier est clos.",
        permission=CHANGE,
        form=lambda data, _files, row: forms.DecideForm(data, case=row),
        perform=lambda by, row, form: actions.decide(
            by=by, case=row, decision=Decision(form.cleaned_data["decision"]), words=form.cleaned_data["words"]
        ),
        fits=_is_open,
    ),
)
