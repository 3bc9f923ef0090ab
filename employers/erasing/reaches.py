"""What companies hold of a person: the employee that they affiliated, and what somebody of theirs left unfinished."""

from django.db.models import Q

from privacy.erasure.registry import Key, Reach, Rows, Target, exempt, register


def _employee(relation: str = "") -> Rows:
    def rows(target: Target) -> Q | None:
        return Q(**{f"{relation}person_id__in": target.persons}) if target.person_id else None

    return rows


register(
    Reach("employers.OperationItem", rows=_employee("affiliation__")),
    Reach("employers.EmployeeTermination", rows=_employee("affiliation__")),
    Reach(
        "employers.EmployeeLink",
        rows=_employee("affiliation__"),
        keys=(Key("employee_link:{reference}", ("invited_sealed", "answers_sealed")),),
    ),
    Reach("employers.Affiliation", rows=_employee()),
    Reach("employers.WorkforceDraft", rows=Target.own, goes_whole=True, keys=(Key("workforce_draft:{reference}"),)),
    Reach("employers.DsnDraft", rows=Target.own, goes_whole=True, keys=(Key("dsn:{reference}"),)),
    Reach("employers.EmployeeFile", rows=Target.own, goes_whole=True, keys=(Key("employee_file:{reference}"),)),
    Reach(
        "employers.Invitation",
        rows=lambda target: target.own("accepted_by"),
        keys=(Key("invitation:{reference}", ("email_sealed",)),),
    ),
    Reach("employers.Mandate", rows=lambda target: target.own("invitation__accepted_by")),
)
exempt(
    "Le contrat collectif est celui de l’entreprise\u00a0: ses données de contact se changent dans son espace.",
    "employers.Company", "employers.CompanyAccount", "employers.GroupContract", "employers.ProvidedCase",
    "employers.ContributionSlip", "employers.ContributionLine", "employers.LineDispute", "employers.Operation",
)  # fmt: skip
exempt("Anonyme par construction.", "employers.TechnicalAccount")
exempt(
    "La preuve que l’entreprise doit à l’URSSAF (CSS, article L. 244-3)\u00a0: aucune personne connue n’y est liée.",
    "employers.Waiver", "employers.WaiverRequest", "employers.WaiverStep",
)  # fmt: skip
