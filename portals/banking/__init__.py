"""The bank account of those whom the mutual pays: checked as typed, changed after 48 hours, told to every known contact.

A space says once how it keeps accounts (`payees.register`), in a module that its app imports when it is ready:

    payees.register(Space.MEMBER, Payee(subject=…, current=…, write=…, address=…, page="members:coordinates"))

and its pages call, in the row context of the holder, behind `step_up_required`:

    change = ask_change(by=account, grant=grant, iban=form.cleaned_data["iban"])   # `fields.IbanField`
    cancel_change(by=account, change_id=change.pk, why=Why.OWNER)
    pending_change(grant.space, grant.subject_id), history_of(grant.space, grant.subject_id), current_account(…)

The delay, the notices to old and new contacts, the link that cancels, the staff's queue and the journal are the same for
all. Where several people hold the account together (`Payee.approvers`), a change waits for one of the others:

    approve_change(by=account, change_id=change.pk), refuse_change(by=account, change_id=change.pk)   # `approval.py`

docs/decisions/bank-details.md
"""
