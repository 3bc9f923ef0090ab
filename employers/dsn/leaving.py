"""Why an employment ended: the codes that payroll software writes in S21.G00.62.002, as reasons of a termination. Pure."""

from employers.terminations.words import Reason

OF_CODES = {
    "011": Reason.DISMISSAL, "012": Reason.DISMISSAL, "014": Reason.DISMISSAL, "015": Reason.DISMISSAL,
    "020": Reason.DISMISSAL, "026": Reason.DISMISSAL, "031": Reason.FIXED_TERM, "032": Reason.FIXED_TERM,
    "034": Reason.TRIAL_BY_EMPLOYER, "035": Reason.TRIAL_BY_EMPLOYEE, "038": Reason.RETIREMENT,
    "039": Reason.RETIREMENT, "043": Reason.AGREEMENT, "059": Reason.RESIGNATION, "066": Reason.DEATH,
    "081": Reason.APPRENTICESHIP, "087": Reason.DISMISSAL, "088": Reason.GROSS_MISCONDUCT,
}  # fmt: skip
"""A code that is not here says none of the reasons offered: somebody must choose."""


def proposed(code: str) -> str:
    """The reason that a code stands for, empty for none. Whoever applies the file may choose another."""
    reason = OF_CODES.get(code)
    return reason.value if reason else ""
