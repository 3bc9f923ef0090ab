"""What hangs on an account or a person: a new relation forces a decision (export, erasure, end of access)."""

from django.db import models

from members.models import Person
from portals.models import Account

TO_ACCOUNT = {
    "members.ContactChange.changed_by",
    "members.Termination.asked_by",
    "members.Termination.handled_by",
    "members.TerminationEvent.asked_by",
    "members.TerminationEvent.handled_by",
    "portals.BankChange.asked_by",
    "admin.LogEntry.user",
    "privacy.FieldChange.actor",
    "employers.LineDispute.opened_by",
    "employers.Invitation.invited_by",
    "employers.Invitation.accepted_by",
    "portals.ArticleVersion.written_by",
    "portals.ServiceSwitch.by",
    "portals.ServiceSwitch.cancelled_by",
    "portals.Restriction.account",
    "portals.Restriction.by",
    "portals.Restriction.lifted_by",
    "portals.Withdrawal.by",
    "portals.Acceptance.account",
    "portals.AccountSession.account",
    "portals.Account_groups.account",
    "portals.Account_user_permissions.account",
    "portals.AccountExport.account",
    "portals.Deletion.account",
    "portals.EmailChange.account",
    "portals.FraudReport.account",
    "portals.Grant.account",
    "portals.TotpDevice.user",
    "socialaccount.SocialAccount.user",
    "portals.KnownNetwork.account",
    "portals.RecoveryCodes.user",
    "portals.MailCode.account",
    "django_otp_webauthn.WebAuthnCredential.user",
    "django_otp_webauthn.WebAuthnUserHandle.user",
    "account.EmailAddress.user",
    "members.BeneficiaryRequest.account",
    "members.BeneficiaryRequest.decided_by",
    "members.BeneficiaryRequestEvent.account",
    "members.BeneficiaryRequestEvent.decided_by",
    "members.AmountDifference.decided_by",
    "members.AmountDifferenceEvent.decided_by",
    "members.CareChoice.chosen_by",
    "members.ParentalAuthority.recorded_by",
    "members.CareRequest.account",
    "members.CareRequest.decided_by",
    "members.CareRequestEvent.account",
    "members.CareRequestEvent.decided_by",
    "members.Simulation.made_by",
    "members.LegalDocument.published_by",
    "members.LegalDocumentEvent.published_by",
    "members.Representation.account",
    "members.Representation.decided_by",
    "members.Representation.ended_by",
    "members.RepresentationEvent.account",
    "members.RepresentationEvent.decided_by",
    "members.RepresentationEvent.ended_by",
    "portals.ErrorReport.account",
    "portals.ErrorReport.decided_by",
    "portals.Message.author",
    "portals.Message.holder",
    "portals.StaffNote.author",
    "portals.Thread.account",
    "portals.ThreadEvent.account",
    "portals.WritingDraft.account",
    "portals.Upload.decided_by",
    "portals.Upload.sent_by",
    "pghistory.MiddlewareEvents.user",
}
TO_PERSON = {
    "members.BeneficiaryRequest.asked_for",
    "members.BeneficiaryRequest.person",
    "members.BeneficiaryRequestEvent.asked_for",
    "members.BeneficiaryRequestEvent.person",
    "members.KeptChild.person",
    "members.KeptChildEvent.person",
    "members.LimitNotice.person",
    "members.ContactChange.person",
    "members.BenefitLine.person",
    "members.BenefitLineEvent.person",
    "members.Card.person",
    "members.CareRequest.person",
    "members.CareRequestEvent.person",
    "members.Simulation.person",
    "members.CareChoice.parent",
    "members.CareChoice.person",
    "members.ContributionTerm.payer",
    "members.ContributionTermEvent.payer",
    "members.Cover.person",
    "members.CoverEvent.person",
    "members.NoemieLink.person",
    "members.NoemieLinkEvent.person",
    "members.ParentalAuthority.child",
    "members.ParentalAuthority.parent",
    "members.PersonEvent.pgh_obj",
    "members.Representation.person",
    "members.RepresentationEvent.person",
    "members.Statement.recipient",
    "members.StatementDelivery.person",
    "members.RightsLook.person",
}


def relations_to(model: type[models.Model]) -> set[str]:
    """Every foreign key to the model, hidden ones included, as `app.Model.field`."""
    return {
        f"{field.related_model._meta.label}.{field.field.name}"
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and isinstance(field, models.ManyToOneRel)
    }


def test_what_hangs_on_an_account_is_known() -> None:
    assert relations_to(Account) == TO_ACCOUNT


def test_what_hangs_on_a_person_is_known() -> None:
    assert relations_to(Person) == TO_PERSON
