"""Attackers: threads that try five entrances from many addresses, with forged headers and odd digits."""

import collections
import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from portals.accounts.models import Account
from tests import builders
from tests.attacks.wire import Answer, Visitor, address_of

USUAL_ADDRESS = "127.9.9.9"
GUARDED_PAGES = ("/compte/", "/adherent/", "/professionnel/", "/employeur/", "/gestion/")
BEHIND_STEP_UP = "/compte/mot-de-passe/"
FORGED = ("X-Forwarded-For", "X-Real-IP", "Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Originating-IP")
WEIGHTS = {"sign-in": 6, "code": 1, "reset": 1, "step-up": 1, "gestion": 1}


@dataclass(frozen=True)
class Targets:
    """Whom they attack, and what they hold already: a password, a session that they stole."""

    accounts: list[Account]
    password_known: Account
    session_stolen: Account
    stolen_cookie: str
    unknown: list[str]


@dataclass
class Report:
    """What came of it: statuses by entrance, and whatever should never happen."""

    statuses: collections.Counter[str] = field(default_factory=collections.Counter)
    breaches: list[str] = field(default_factory=list)
    seconds: float = 0
    addresses: int = 0

    @property
    def attempts(self) -> int:
        return self.statuses.total()


def another_writing(identifier: str, chance: random.Random) -> str:
    """The identifier, or something that looks like it: other scripts, invisible signs, zeros in front."""
    return chance.choice([
        identifier,
        identifier,
        f" {identifier[:4]} {identifier[4:]} ",
        identifier.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
        identifier.translate({48 + digit: 0x0660 + digit for digit in range(10)}),
        identifier.translate({48 + digit: 0x1D7CE + digit for digit in range(10)}),
        f"{identifier[:5]}\u200b{identifier[5:]}",
        f"{identifier[:3]}\u00ad{identifier[3:]}\u2060",
        f"000{identifier}",
        f"{identifier[:3]}.{identifier[3:6]}-{identifier[6:]}",
    ])  # fmt: skip


def forged_headers(chance: random.Random) -> dict[str, str]:
    """Headers that claim another address, often the owner's own."""
    claimed = chance.choice(
        [USUAL_ADDRESS, f"{USUAL_ADDRESS}, 127.0.0.1", f"10.0.{chance.randrange(256)}.7", "::1", "x"]
    )
    names = chance.sample(FORGED, chance.randrange(1, len(FORGED)))
    return {**dict.fromkeys(names, claimed), "Forwarded": f"for={USUAL_ADDRESS};proto=https"}


class Attacker:
    """One thread: its own addresses, its own luck. Every attempt is one post of a secret, or of a request for one."""

    def __init__(self, site: str, targets: Targets, addresses: list[str], seed: int, report: Report) -> None:
        self.targets = targets
        self.chance = random.Random(seed)
        self.visitors = [Visitor(site, address) for address in addresses]
        self.report = report
        self.entrances: dict[str, Callable[[Visitor], Answer]] = {
            "sign-in": self.sign_in,
            "code": self.code,
            "reset": self.reset,
            "step-up": self.step_up,
            "gestion": self.gestion,
        }

    def attempt(self) -> None:
        entrance = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        visitor = self.chance.choice(self.visitors)
        visitor.forget()
        answer = self.entrances[entrance](visitor)
        self.report.statuses[f"{entrance} {answer.status}"] += 1
        if answer.status >= 500:
            self.report.breaches.append(f"{entrance}: {answer.status}")
        self.look_inside(visitor, entrance)

    def close(self) -> None:
        for visitor in self.visitors:
            visitor.close()

    def sign_in(self, visitor: Visitor) -> Answer:
        known = [account.identifier for account in self.targets.accounts]
        typed = another_writing(self.chance.choice(known + self.targets.unknown), self.chance)
        return visitor.post("/connexion/", {"login": typed, "password": self.guess()}, forged_headers(self.chance))

    def code(self, visitor: Visitor) -> Answer:
        """With the right password in hand: six digits after six digits."""
        fields = {"login": self.targets.password_known.identifier, "password": builders.PASSWORD}
        first = visitor.post("/connexion/", fields, forged_headers(self.chance))
        if first.status != 302:
            return first
        token = {"token": f"{self.chance.randrange(10**6):06d}"}
        return visitor.post("/verification/", token, forged_headers(self.chance))

    def reset(self, visitor: Visitor) -> Answer:
        account = self.chance.choice(self.targets.accounts)
        if self.chance.random() < 0.5:
            return visitor.post("/mot-de-passe/oublie/", {"login": account.identifier}, forged_headers(self.chance))
        reference = urlsafe_base64_encode(force_bytes(account.pk))
        return visitor.get(f"/mot-de-passe/lien/{reference}/d0abcd-{secrets.token_hex(16)}/")

    def step_up(self, visitor: Visitor) -> Answer:
        """Inside somebody's stolen session: the password is what is missing."""
        visitor.cookies["sessionid"] = self.targets.stolen_cookie
        answer = visitor.post("/compte/confirmer/", {"password": self.guess()}, forged_headers(self.chance))
        if visitor.get(BEHIND_STEP_UP).status == 200:
            self.report.breaches.append("step-up: passed")
        visitor.forget()
        return answer

    def gestion(self, visitor: Visitor) -> Answer:
        """Django's own form would be here: `username` and `password`, posted to every address that it could have."""
        account = self.chance.choice(self.targets.accounts)
        path = self.chance.choice(["/gestion/", "/gestion/login/", "/gestion/mode/", "/admin/login/"])
        fields = {"username": account.identifier, "password": self.guess(), "login": account.identifier}
        return visitor.post(path, fields, forged_headers(self.chance))

    def guess(self) -> str:
        return self.chance.choice(["123456789012345", "quatre-mouettes-sur-la-plage", secrets.token_hex(8), "x" * 128])

    def look_inside(self, visitor: Visitor, entrance: str) -> None:
        """No cookie that an attacker was given opens anything."""
        if "sessionid" not in visitor.cookies:
            return
        for page in self.chance.sample(GUARDED_PAGES, 2):
            if visitor.get(page).status == 200:
                self.report.breaches.append(f"{entrance}: {page} opened")


def attack(
    site: str, targets: Targets, *, attempts: int, seconds: float, threads: int, midway: Callable[[], None]
) -> Report:
    """`attempts` in all, spread over at least `seconds`; `midway` runs beside them when half are done."""
    addresses = [address_of(rank) for rank in range(max(80, attempts // 40))]
    report = Report(addresses=len(addresses))
    lock, done = threading.Lock(), 0
    half_done = threading.Event()
    began = time.monotonic()

    def work(rank: int) -> None:
        nonlocal done
        attacker = Attacker(site, targets, addresses[rank::threads], rank, report)
        while True:
            with lock:
                if done >= attempts:
                    break
                mine = done = done + 1
            if mine > attempts // 2:
                half_done.set()
            ahead = mine / attempts * seconds - (time.monotonic() - began)
            if ahead > 0:
                time.sleep(ahead)
            try:
                attacker.attempt()
            except Exception as error:
                report.breaches.append(f"{type(error).__name__}: {error}")
        attacker.close()

    workers = [threading.Thread(target=work, args=(rank,)) for rank in range(threads)]
    for worker in workers:
        worker.start()
    half_done.wait()
    midway()
    for worker in workers:
        worker.join()
    report.seconds = time.monotonic() - began
    return report


def most_in_a_window(instants: list[float], seconds: float = 300) -> int:
    """The greatest number of instants that any window of this length holds."""
    ordered = sorted(instants)
    most = first = 0
    for last, instant in enumerate(ordered):
        while instant - ordered[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
