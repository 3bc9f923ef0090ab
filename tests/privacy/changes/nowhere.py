"""What a real way of writing does not write, and why: `test_real_ways.py` keeps these tables exact."""

from collections.abc import Collection, Mapping

type Table = Mapping[str, Collection[str]]

NOT_BY_FEED: Table = {
    "what people and staff do on the portals, and what the portals make of it: no file of the mutual's system tells it": {
        "employers.CompanyAccount", "employers.EmployeeFile", "employers.EmployeeLink",
        "employers.EmployeeTermination", "employers.Invitation", "employers.LineDispute",
        "employers.Mandate", "employers.Operation", "employers.OperationItem", "employers.ProvidedCase",
        "employers.TechnicalAccount", "employers.TechnicalLine", "employers.Waiver",
        "employers.WaiverRequest", "employers.WaiverStep", "members.ActCode", "members.ActTariff",
        "members.AmountDifference", "members.BeneficiaryRequest", "members.Card", "members.CareChoice",
        "members.CareRequest", "members.ContactChange", "members.ContributionTerm",
        "members.IndividualOffer", "members.Instalment", "members.KeptChild", "members.LawParameter",
        "members.LimitNotice", "members.NoemieLink", "members.ParentalAuthority", "members.Portability",
        "members.Representation", "members.RequestStep", "members.RightsLook", "members.Simulation",
        "members.Statement", "members.StatementDelivery", "members.Termination", "members.UnemploymentProof",
        "portals.Account", "portals.AccountExport", "portals.AccountRequest", "portals.Alert",
        "portals.BankChange", "portals.Deletion", "portals.EmailChange", "portals.EndNotice",
        "portals.ErrorReport", "portals.ExportLink", "portals.ExportTransfer", "portals.FraudReport",
        "portals.Grant", "portals.Message", "portals.RecoveryCodes", "portals.Restriction",
        "portals.StaffNote", "portals.StoredFile", "portals.Thread", "portals.TotpDevice", "portals.Upload",
        "privacy.AccessReview", "privacy.Archived", "privacy.AwarenessModule", "privacy.Consultation",
        "privacy.Death", "privacy.DeathProof", "privacy.DeathTask", "privacy.FreezeList", "privacy.Handover",
        "privacy.RetentionSwitch", "privacy.RetentionWarning", "privacy.ReviewLine", "privacy.ToldDisclosure",
        "privacy.Anomaly", "privacy.Campaign", "privacy.CampaignMessage", "privacy.Choice",
        "privacy.Concerned", "privacy.ControlResult", "privacy.Delivery", "privacy.Erasure",
        "privacy.Filing", "privacy.Freeze", "privacy.ImpactAssessment", "privacy.Incident",
        "privacy.LegalHold", "privacy.LetterBatch", "privacy.MedicalCase", "privacy.Publication",
        "privacy.PurposeText", "privacy.RightsDecision", "privacy.RightsPause", "privacy.RightsProof",
        "privacy.RightsRequest", "privacy.RightsTask", "privacy.Transfer", "providers.Delegation",
        "providers.PaymentComplaint", "providers.RightsLookup",
    },
}  # fmt: skip
NOT_BY_STAFF: Table = {
    "what people do in their spaces, what a file brings, or what the portals make by themselves: no page of staff writes it": {
        "portals.AccountRequest", "portals.EndNotice", "portals.Deletion", "portals.AccountExport",
        "portals.ExportLink", "portals.ExportTransfer", "portals.FraudReport", "portals.TotpDevice",
        "portals.RecoveryCodes", "portals.EmailChange", "portals.Alert", "privacy.LetterBatch",
        "privacy.Delivery", "privacy.CampaignMessage", "members.Household", "members.Person",
        "members.Guarantee", "members.Policy", "members.Cover", "members.KeptChild", "members.LimitNotice",
        "members.ActCode", "members.BenefitLine", "members.Card", "members.ContactChange",
        "members.CareChoice", "members.Portability", "members.IndividualOffer", "members.Simulation",
        "members.RightsLook", "members.Statement", "members.StatementDelivery", "employers.Company",
        "employers.GroupContract", "employers.CompanyAccount", "employers.ContributionSlip",
        "employers.ContributionLine", "employers.LineDispute", "employers.Affiliation",
        "employers.Operation", "employers.OperationItem", "employers.EmployeeFile", "employers.ProvidedCase",
        "employers.Waiver", "employers.WaiverRequest", "employers.WaiverStep", "employers.EmployeeLink",
        "employers.TechnicalLine", "employers.EmployeeTermination", "employers.Invitation",
        "employers.Mandate", "providers.Professional", "providers.Agreement", "providers.PaymentComplaint",
        "providers.Listing", "providers.Invoice", "providers.InvoiceLine", "providers.InvoiceTotal",
        "providers.RightsLookup", "providers.Transfer", "providers.TransferTotal", "providers.Delegation",
        "privacy.Archived", "privacy.RetentionWarning",
    },
    "a page writes it, which has nothing to do on these things (`REFUSED_HERE`)": {
        "privacy.AccessReview", "privacy.Consultation", "privacy.FreezeList", "privacy.Handover", "privacy.Publication",
    },
}  # fmt: skip
BY_WORKER = frozenset(
    {
        "portals.Grant", "portals.StoredFile", "portals.FraudReport", "portals.BankChange", "members.Person",
        "members.Policy", "members.Cover", "members.Card", "members.Statement", "members.Termination",
    }
)  # fmt: skip
"""What the walk of the worker writes at least. Every kind of job goes through the same two lines of `portals.jobs.work`."""
REFUSED_HERE: Mapping[str, str] = {
    "index": "no form, and no POST to take",
    "awareness_module": "answered, or explained: the page itself",
    "charter": "acknowledged already",
    "members_cardconvention_add": "the only convention is there already",
    "members_cardconvention_change": "the only convention is there already",
    "members_representation_decide": "it is decided already",
    "members_representation_designate": "it is decided already",
    "portals_account_unlock": "the account is not locked",
    "portals_interruption_place": "an incident ends after it began and before now: two instants that follow one another",
    "portals_legalversion_publish": "shown before it is published",
    "portals_serviceswitch_place": "the services offered follow the space that was chosen",
    "portals_termsdraft_publish": "shown before it is published",
    "portals_withdrawal_announce": "three days that follow one another",
    "privacy_accessreview_close": "lines wait for a decision",
    "privacy_breach_close": "what the law asks is not done yet",
    "privacy_breach_posted": "the letters are not printed yet",
    "privacy_breach_prepare": "a filing waits already",
    "privacy_choice_proof": "a document is answered",
    "privacy_consultation_write": "questions with their answers, and days that follow one another",
    "privacy_death_check": "somebody is recognised by a number, a name and a day that go together",
    "privacy_death_confirm": "nobody is recognised yet",
    "privacy_deathtask_erase": "the cover still runs",
    "privacy_deathtask_finish": "its directives are tasks of their own",
    "privacy_disclosure_approve": "it is approved already",
    "privacy_disclosure_refuse": "it is approved already",
    "privacy_freezelist_import": "a list has its own columns",
    "privacy_investigation_bundle": "a file is answered",
    "privacy_publication_publish": "nothing has changed since the last version",
    "privacy_rightsrequest_answer": "a task is not done yet",
}
"""Pages whose POST has nothing to do on these things, and why; the tests of their rooms send them."""


def labels(table: Table) -> set[str]:
    return {label for found in table.values() for label in found}
