"""The face of the app for the staff's site: imports each room's admin."""

from portals.registration import import_rooms

import_rooms(
    "members",
    "beneficiaries.admin",  # the rules and the queue of requests
    "benefits.admin",  # dated figures
    "benefits.differences.admin",  # the queue of amounts that differ
    "card.admin",  # the reference tables
    "contributions.admin",  # terms and instalments
    "households.choices.admin",  # judgments on parental authority
    "library.admin",  # enforceable documents
    "noemie.admin",  # links with the caisses
    "portability.admin",  # the queue of proofs of unemployment, individual contracts offered
    "quotes.requests.admin",  # the queue of agreements and reimbursements
    "representation.admin",  # the queue of requests
    "termination.admin",  # requests to end a policy
)
