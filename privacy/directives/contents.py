"""What a version says, and how it is sealed: each version has a key of its own."""

import json
from dataclasses import asdict, dataclass, field

from portals import secrets as personal
from privacy.directives.models import Directives
from privacy.directives.rules import KINDS, Fate

PLACE = "privacy_directives.content_sealed"


@dataclass(frozen=True)
class Contact:
    """Somebody who is named in directives. Empty without a name."""

    name: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True)
class General:
    """General directives, left with a certified third party (law of 1978, art. 85 I): we keep where they are, nothing else."""

    holder: str = ""
    reference: str = ""

    def __bool__(self) -> bool:
        return bool(self.holder)


@dataclass(frozen=True)
class Content:
    """`fates`: what becomes of each kind of data, by its code. `recipient` receives what is to be communicated."""

    fates: dict[str, str] = field(default_factory=dict)
    recipient: Contact = field(default_factory=Contact)
    executor: Contact = field(default_factory=Contact)
    general: General = field(default_factory=General)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each kind that is decided and what becomes of it, in words."""
        return [(label, Fate(self.fates[code]).label) for code, label in KINDS.items() if code in self.fates]

    def kinds_with(self, fate: Fate) -> list[str]:
        """The codes of the kinds of data that have this fate, in the order of the page."""
        return [code for code in KINDS if self.fates.get(code) == fate]


def subject_of(version: Directives) -> str:
    return f"directives:{version.reference}"


def seal(version: Directives, content: Content) -> bytes:
    return personal.seal(subject_of(version), PLACE, json.dumps(asdict(content)))


def content_of(version: Directives) -> Content | None:
    """What the version says; None when it revokes. Raises SubjectForgotten once it was erased."""
    if version.content_sealed is None:
        return None
    said = json.loads(personal.unseal(subject_of(version), PLACE, bytes(version.content_sealed)))
    return Content(
        fates=said["fates"],
        recipient=Contact(**said["recipient"]),
        executor=Contact(**said["executor"]),
        general=General(**said["general"]),
    )
