"""What retention keeps of its own work (`privacy.personal_data`)."""

from portals.declarations import TECHNICAL, Classified, Declaration, Erasure, Export, Purpose, Sensitivity, Subject

# That somebody is in the archive, or was told that their account will close: goes with them, or when it is over.
ARCHIVED = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.CONTRACT, Export.NONE, Erasure.DELETE)
WARNED = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PORTAL, Export.NONE, Erasure.DELETE)
# Who asked for a run, stopped a rule, set it going again.
ASKED_BY = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)

RETENTION: Declaration = {
    "privacy.RetentionRun": {
        TECHNICAL: ("id", "day", "is_dry", "state", "asked_at", "ended_at"),
        ASKED_BY: ("asked_by",),
    },
    "privacy.RetentionReport": {
        TECHNICAL: (
            "id", "run", "rule", "day", "is_dry", "due", "held", "linked", "handled", "deleted", "emptied", "archived",
            "warned", "holds", "ending", "milliseconds", "at",
        ),
    },
    "privacy.RetentionSwitch": {
        TECHNICAL: ("id", "rule", "reason", "set_at", "lifted_at"),
        ASKED_BY: ("set_by", "lifted_by"),
    },
    "privacy.Archived": {
        TECHNICAL: ("id",),
        ARCHIVED: ("space", "subject_id", "since"),
    },
    "privacy.RetentionWarning": {
        TECHNICAL: ("id", "rule"),
        WARNED: ("account", "warned_on", "acts_on"),
    },
}  # fmt: skip
