"""Which folders the embedded services use, and as whom they run.

The rule is plain: everything lies in the directory given (`DEMO_DIR`). Two facts bend it:

* PostgreSQL refuses to run as root. Started as root it runs as an unprivileged user, who must be
  able to walk to its data. Under a private home (`/root/clone`, mode 0700) that is impossible
  without opening the home to everybody, so the data then lies in a private folder of `STORES`
  named after the directory, and `<directory>/postgres` and `<directory>/valkey` are links to it.
* A Unix socket's path holds about 100 characters. A longer one moves to a private folder of /tmp.

`placement()` only looks; `prepare()` creates.
"""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from config.embedded.errors import EmbeddedError

STORES = (Path("/var/lib"), Path("/var/tmp"), Path("/tmp"))  # noqa: S108  (what lies there is checked to be ours)
STORE_NAME = "mutuelle-embedded"
# Not $TMPDIR: every process must compute the same address.
SHORT_SOCKETS = Path("/tmp")  # noqa: S108  (what lies there is checked to be ours)
LONGEST_SOCKET = 100  # bytes; the kernel takes 107 on Linux, 103 elsewhere
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"
SERVER_USERS = ("postgres", "nobody")


@dataclass(frozen=True)
class Placement:
    """The folders of one set of services."""

    directory: Path
    store: Path
    sockets: Path

    @property
    def postgres(self) -> Path:
        return self.store / "postgres"

    @property
    def valkey(self) -> Path:
        return self.store / "valkey"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def logs(self) -> Path:
        return self.directory / "logs"

    @property
    def linked(self) -> bool:
        """Whether the data lies outside of `directory`."""
        return self.store != self.directory


@dataclass(frozen=True)
class ServerUser:
    """The unprivileged user that the servers run as when we are root."""

    uid: int
    gid: int

    def may_enter(self, folder: Path) -> bool:
        """Whether this user can walk down to `folder`; a part not created yet will let it through."""
        return all(self._may_pass(part) for part in (folder, *folder.parents) if part.exists())

    def _may_pass(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def placement(directory: Path | str) -> Placement:
    """The folders for `directory`, the same answer in every process, before and after the start."""
    directory = Path(directory).resolve()
    store = _store(directory)
    sockets = store / "run"
    if len(os.fsencode(sockets / LONGEST_SOCKET_NAME)) > LONGEST_SOCKET:
        sockets = SHORT_SOCKETS / f"mutuelle-{os.geteuid()}-{_fingerprint(directory)}"
    return Placement(directory, store, sockets)


def server_user(place: Placement | None = None) -> ServerUser | None:
    """Whom the servers run as: None is ourselves. The owner of existing data stays its owner."""
    if os.geteuid() != 0:
        return None
    if place is not None and place.postgres.is_dir():
        owner = place.postgres.stat()
        if owner.st_uid != 0:
            return ServerUser(owner.st_uid, owner.st_gid)
    for name in SERVER_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL does not run as root and this machine has neither a user `postgres` nor "
        "`nobody`. Create one: useradd --system postgres"
    )


def prepare(place: Placement) -> None:
    """Creates the folders with the rights that each one needs; called under the lease's door."""
    user = server_user(place)
    create_directory(place.directory)
    if place.linked:
        _prepare_store(place)
    _own(place.valkey, user)
    _own(place.sockets, user)
    place.logs.mkdir(mode=0o700, exist_ok=True)


def create_directory(directory: Path) -> None:
    """Creates `directory`; as root, others may walk through it (not list it) whatever the umask."""
    missing = [part for part in (directory, *directory.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(exist_ok=True)
        part.chmod(0o755)
    if missing:
        directory.chmod(0o711 if os.geteuid() == 0 else 0o700)


def shared_store() -> Path:
    """Root's folder outside of any home, for data and binaries that another user must reach."""
    for parent in STORES:
        if parent.is_dir() and os.access(parent, os.W_OK):
            return parent / STORE_NAME
    raise EmbeddedError(f"none of {', '.join(map(str, STORES))} can be written to")


def create_shared_store() -> Path:
    """`shared_store()`, created: root's own, others may walk through it."""
    store = shared_store()
    store.mkdir(mode=0o711, exist_ok=True)
    found = store.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise EmbeddedError(f"{store} exists and is not ours; remove it")
    store.chmod(0o711)
    return store


def _store(directory: Path) -> Path:
    link = directory / "postgres"
    if link.is_symlink():
        return link.readlink().parent
    if link.exists():
        return directory
    user = server_user()
    if user is None or user.may_enter(directory):
        return directory
    return shared_store() / _fingerprint(directory)


def _prepare_store(place: Placement) -> None:
    create_shared_store()
    links = {name: place.directory / name for name in ("postgres", "valkey")}
    if place.store.exists() and not links["postgres"].is_symlink():
        # The directory was removed by hand and made anew: its former data goes the same way.
        shutil.rmtree(place.store)
    place.store.mkdir(mode=0o711, exist_ok=True)
    place.store.chmod(0o711)
    for name, link in links.items():
        if not link.is_symlink():
            link.symlink_to(place.store / name)


def _own(folder: Path, user: ServerUser | None) -> None:
    """Makes `folder` private to the servers' user; refuses one that somebody else laid there."""
    owner = user.uid if user else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
            raise EmbeddedError(f"{folder} belongs to another user; remove it") from None
    if user is not None:
        os.chown(folder, user.uid, user.gid)
    folder.chmod(0o700)


def _fingerprint(directory: Path) -> str:
    return hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
