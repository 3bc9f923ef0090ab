"""The field history of the DPO's books: who changed what, from what to what (security.md)."""

from auditlog.registry import auditlog

from privacy.register.assessments.models import Activation, ImpactAssessment, PlannedMeasure, Risk
from privacy.register.controls.models import Control
from privacy.register.models import Recipient, Sheet
from privacy.register.oversight.models import Advice, AuthorityExchange

for followed in (
    Activation, Advice, AuthorityExchange, Control, ImpactAssessment, PlannedMeasure, Recipient, Risk, Sheet,
):  # fmt: skip
    auditlog.register(followed)
