"""What takes who knows how long is done in a process of its own, which may take no more than so much time and
memory.

A stranger's picture of 22 KB kept a worker busy for half a minute; native code that reads pictures may also
crash. The process is forked from a server that has its modules loaded already, in some milliseconds, and is
killed when its time is over.
"""

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Gives = TypeVar("_Gives")
SECONDS, MEGABYTES = 2, 700  # of processor, and twice that by the clock; of memory over what the modules take
_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["dancu.checkpoints.pictures", "dancu.credentials.qr"])
_NOTHING = ("", None)


class TookTooMuch(Exception):
    """It did not end within its time or its memory, or its process crashed."""


def apart(function: Callable[_Given, _Gives], *args: _Given.args, **kwargs: _Given.kwargs) -> _Gives:
    """What `function` (of a module) gives or raises. Raises TookTooMuch."""
    answer, telling = _forking.Pipe(duplex=False)
    process = _forking.Process(target=_run, args=(telling, function, args, kwargs), daemon=True)
    with answer:
        with telling:
            process.start()
        try:
            told: Any = answer.recv() if answer.poll(2 * SECONDS) else _NOTHING
        except (EOFError, ConnectionResetError):  # it crashed, or was killed for its processor time or memory
            told = _NOTHING
        finally:
            process.kill()
            process.join()
            process.close()
    how, given = told
    if how == "gives":
        return given
    if how == "raises":
        raise given
    raise TookTooMuch


def _run(
    telling: Connection, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    most = _address_space() + (MEGABYTES << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        told = ("gives", function(*args, **kwargs))
    except MemoryError:
        return
    except Exception as problem:  # whatever it is, whoever asked is told
        told = ("raises", problem)
    telling.send(told)


def _address_space() -> int:
    """What this process has mapped, in bytes; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0
