"""What signs the cards that people add to the wallet of their phone (Apple's pass format); nothing by default.

The operator gets a certificate for a pass type from Apple, and sets WALLET_PASS_TYPE, WALLET_TEAM, WALLET_CERTIFICATE,
WALLET_KEY and WALLET_INTERMEDIATE (the last three in PEM, or in the file that NAME_FILE points to).
"""

from dataclasses import dataclass, field

from config import environment


@dataclass(frozen=True)
class PassSigning:
    """The identifiers of the pass type, and what signs it, in PEM. `intermediate` is the authority of `certificate`."""

    pass_type: str
    team: str
    certificate: bytes
    key: bytes = field(repr=False)
    intermediate: bytes


def pass_signing() -> PassSigning | None:
    """From the environment; None as long as no pass type is set. One of the five missing fails at start."""
    if not environment.given("WALLET_PASS_TYPE"):
        return None
    return PassSigning(
        pass_type=environment.text("WALLET_PASS_TYPE"),
        team=environment.text("WALLET_TEAM"),
        certificate=environment.secret("WALLET_CERTIFICATE").encode(),
        key=environment.secret("WALLET_KEY").encode(),
        intermediate=environment.secret("WALLET_INTERMEDIATE").encode(),
    )


WALLET = pass_signing()
