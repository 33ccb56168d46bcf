"""granian, for as long as whoever started it lives: `python -m dancu.serving.under` with granian's own
arguments, and a pipe as its input that nobody writes to. However its starter ends, the pipe closes, and so
does the port.
"""

import os
import signal
import sys
import time
from threading import Thread

_PATIENCE = 10  # seconds for what is being answered


def end_with_starter() -> None:
    """Ends this process and those that it began once the pipe on its input is closed at the other end."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    from granian.cli import entrypoint

    Thread(target=end_with_starter, daemon=True).start()
    entrypoint()
