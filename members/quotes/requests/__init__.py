"""Requests for a prior agreement (prise en charge, PEC) and for reimbursement: documents, states, decision, short retention."""
