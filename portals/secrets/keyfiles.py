"""Keys in files. The demo makes its own on first use; production is given secrets and never makes one."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def demo_key(path: Path) -> bytes:
    """The 32-byte key kept at `path`, made once with owner-only rights (two processes may ask at the same time)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(secrets.token_hex(KEY_BYTES), encoding="ascii")
        draft.chmod(0o600)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii"))
