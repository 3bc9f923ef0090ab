"""The face of the app for the staff's site: imports each room's admin."""

from privacy.audit import admin as audit_admin  # noqa: F401  registers the journal and the field history
from privacy.breaches import admin as breaches_admin  # noqa: F401  registers the incidents
from privacy.breaches.violations import admin as violations_admin  # noqa: F401  registers the breaches of data
from privacy.campaigns import admin as campaigns_admin  # noqa: F401  registers the campaigns
from privacy.changes import admin as changes_admin  # noqa: F401  registers the past of rows
from privacy.consents import admin as consents_admin  # noqa: F401  registers the choices and the purposes
from privacy.consultations import admin as consultations_admin  # noqa: F401  registers the consultations
from privacy.deaths import admin as deaths_admin  # noqa: F401  registers the deaths and their tasks
from privacy.disclosures import admin as disclosures_admin  # noqa: F401  registers communications to authorities
from privacy.erasure import admin as erasure_admin  # noqa: F401  registers the erasures and the holds
from privacy.investigations import admin as investigations_admin  # noqa: F401  registers the files of inquiries
from privacy.investigations.screening import admin as screening_admin  # noqa: F401  registers flags and freeze lists
from privacy.register import admin as register_admin  # noqa: F401  registers the register
from privacy.register.assessments import admin as assessments_admin  # noqa: F401  registers assessments and risks
from privacy.register.controls import admin as controls_admin  # noqa: F401  registers the control plan
from privacy.register.oversight import admin as oversight_admin  # noqa: F401  registers the DPO's own books
from privacy.restriction import admin as restriction_admin  # noqa: F401  registers the restrictions
from privacy.retention import admin as retention_admin  # noqa: F401  registers the runs of retention
from privacy.rights import admin as rights_admin  # noqa: F401  registers the requests and their tasks
from privacy.staff.awareness import admin as awareness_admin  # noqa: F401  registers the modules
from privacy.staff.charter import admin as charter_admin  # noqa: F401  registers the charter
from privacy.staff.reviews import admin as reviews_admin  # noqa: F401  registers the reviews of access rights
from privacy.statistics import admin as statistics_admin  # noqa: F401  registers the editions of statistics
from privacy.vault import admin as vault_admin  # noqa: F401  registers the answers of the medical adviser
