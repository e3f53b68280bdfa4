"""How well it hears, reads and understands what nobody who wrote the rules has seen: `python -m tests.measure_held`.

The held-out half of our own labelled messages and drafts, 100 each a language, and 90 questions to the coach lie in
`data/held.zip`, closed so that nobody reads it by accident. Whoever changes signals or patterns measures here and does
not look inside.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

HELD = Path(__file__).parent / "data" / "held.zip"


def main() -> int:
    with TemporaryDirectory() as folder:
        zipfile.ZipFile(HELD).extractall(folder)
        done = [subprocess.run([sys.executable, "-m", f"tests.measure_{what}", folder], check=False) for what in WHAT]
    return max(one.returncode for one in done)


WHAT = ("hearing", "drafts", "asked")

if __name__ == "__main__":
    sys.exit(main())
