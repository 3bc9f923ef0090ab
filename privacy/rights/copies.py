"""The copy of the data that an answer comes with: who was granted access or portability finds it in their space."""

from portals.accounts.export.actions import prepare_export
from portals.accounts.models import Account, AccountState
from privacy.rights.models import Outcome, Right, RightsRequest, State

GIVEN_FOR = {Right.ACCESS, Right.PORTABILITY}


def gives_copy(request: RightsRequest) -> bool:
    """Whether the answer comes with a copy. Whoever has no open account gets theirs from the DPO (`data_package`)."""
    account = request.account
    is_granted = request.state == State.ANSWERED and request.outcome in {Outcome.GRANTED, Outcome.PARTLY}
    return is_granted and request.right in GIVEN_FOR and account is not None and account.state != AccountState.CLOSED


def attach_copy(request: RightsRequest, *, by: Account) -> None:
    """Have the copy made, or leave the one that is there. In the transaction of the answer."""
    if request.account is not None and gives_copy(request):
        prepare_export(request.account, by=by)
