"""Where the packaged program starts; the same as `python -m reader`."""

import os
import sys

from reader.__main__ import main

# The packaged program's own libraries are for it alone: what it starts (the printer's command) gets the system's back.
if sys.platform == "linux":
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
# Where it starts itself a second time, that one finds its libraries by itself again.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

sys.exit(main())
