"""What registers itself at import is imported by its app: a handler or a schedule left out would never run."""

import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

APPS = ("portals", "privacy", "members", "employers", "providers")
REGISTERS = re.compile(
    r"^(@handler\(|@mail_handler\(|daily\(|monthly\(|steadily\(|\w+\.follow\(|operation\.connect\()", re.MULTILINE
)
LOADED = "import django, sys; django.setup(); print('\\n'.join(sys.modules))"


def test_every_module_that_registers_something_is_loaded_when_the_site_starts() -> None:
    """In a process of its own: tests import modules that the site does not."""
    root = Path(settings.ROOT)
    files = [path for app in APPS for path in sorted((root / app).rglob("*.py"))]
    registering = {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in files
        if REGISTERS.search(path.read_text("utf-8"))
    }
    started = subprocess.run([sys.executable, "-c", LOADED], cwd=root, capture_output=True, text=True, check=True)
    assert len(registering) > 20  # the reading itself works
    assert sorted(registering - set(started.stdout.split())) == []
