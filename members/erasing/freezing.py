"""Which staff pages of the member space stop while a person's data is frozen (GDPR, art. 18.2).

What the person asked for, what is paid to them and what protects them go on; what is decided about them waits.
"""

from privacy.restriction.staff import watch

watch("members.BeneficiaryRequest", lambda row: row.person_id or row.asked_for_id)
watch("members.Representation", lambda row: row.person_id)
watch("members.ParentalAuthority", lambda row: row.child_id)
watch("members.NoemieLink", lambda row: row.person_id)
watch("members.UnemploymentProof", lambda row: row.portability.person_id)
watch("members.ContributionTerm", lambda row: row.payer_id)
watch("members.CareRequest", lambda row: row.person_id, refuses=False)
watch("members.IndividualOffer", lambda row: row.person_id, refuses=False)
