"""`python -m config.demo`; options come from the environment: PORT, DEMO_DIR, MEMBERS."""

import os
import sys
from pathlib import Path

from config.demo.ports import NoFreePort
from config.demo.preparation import StepFailed
from config.demo.supervisor import Demo, DemoFailed, Stopped, listen_to_signals
from config.embedded.errors import EmbeddedError

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """The exit status: 0 when someone stopped the demo, 1 when it could not run."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    directory = Path(os.environ.get("DEMO_DIR") or ROOT / "var" / "demo").resolve()
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 <= int(port) < 65536:
        print(f"PORT={port} is not a port number", file=sys.stderr)
        return 1
    if not (ROOT / "node_modules").exists():
        print("the front-end packages are missing; run: make setup", file=sys.stderr)
        return 1
    listen_to_signals()
    try:
        Demo(root=ROOT, directory=directory, port=int(port)).run()
    except Stopped:
        print("Stopped.")
        return 0
    except (DemoFailed, EmbeddedError, NoFreePort, StepFailed) as error:
        print(f"\nThe demo stopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
