"""Starts a real doccano on loopback, from an environment of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ENVIRONMENT = "GOVEXTRACT_DOCCANO_VENV"
PACKAGES = ("doccano==1.8.4", "marshmallow<4", "numpy<2")
USER = "admin"


@dataclass
class Running:
    """A server with its two processes, of which each can be stopped and started again."""

    url: str
    password: str
    home: Path
    environment: dict[str, str]
    commands: dict[str, list[str]]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        # The worker first: both make the queue in the new database, and the worker dies where a
        # request to the web server was faster.
        for name in sorted(names, reverse=True):
            log = self.home / f"{name}.log"
            with log.open("wb") as file:
                self.processes[name] = subprocess.Popen(
                    self.commands[name],
                    env=self.environment,
                    stdout=file,
                    stderr=file,
                    cwd=self.home,
                )
            if name == "worker":
                _wait(log, lambda log=log: b" ready." in log.read_bytes())
        _wait(self.home / "web.log", self._is_healthy)

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/v1/health/?format=json", timeout=30) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self, *names: str) -> None:
        stopping = [self.processes.pop(name) for name in names if name in self.processes]
        for process in stopping:
            process.terminate()
        for process in stopping:
            process.wait(30)


def installed() -> Path:
    """Return the folder of the environment with doccano in it; skips where it cannot be had."""
    named = os.environ.get(ENVIRONMENT)
    if not named:
        pytest.skip(f"{ENVIRONMENT} names no folder to install doccano in (700 MB, 2 minutes)")
    folder = Path(named)
    if not (folder / "bin" / "doccano").exists():
        old_enough = sys.version_info < (3, 12)
        python = sys.executable if old_enough else shutil.which("python3.11")
        if python is None:
            pytest.skip("doccano 1.8.4 needs Python 3.8 to 3.11, and there is none")
        for command in (
            [python, "-m", "venv", str(folder)],
            [str(folder / "bin" / "pip"), "install", "-q", *PACKAGES],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"doccano cannot be installed: {done.stderr.strip()[-300:]}")
    return folder


@contextmanager
def started(folder: Path, home: Path) -> Iterator[Running]:
    """Run doccano with an empty database in `home`."""
    password = secrets.token_urlsafe(12)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DOCCANO_HOME": str(home),
        "STANDALONE": "True",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": f"sqlite:///{home / 'db.sqlite3'}",
        "MEDIA_ROOT": str(home / "media"),
    }
    program = str(folder / "bin" / "doccano")
    (backend,) = folder.glob("lib/python3.*/site-packages/backend")
    for arguments in (["init"], ["createuser", "--username", USER, "--password", password]):
        subprocess.run(
            [program, *arguments], env=environment, capture_output=True, check=True, cwd=home
        )
    web = [str(folder / "bin" / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    running = Running(
        f"http://127.0.0.1:{port}",
        password,
        home,
        environment,
        {
            "web": [*web, "--chdir", str(backend), "config.wsgi"],
            "worker": [program, "task", "--concurrency", "1"],
        },
    )
    try:
        running.start("web", "worker")
        yield running
    finally:
        running.stop("web", "worker")


def _wait(log: Path, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not ready():
        if time.monotonic() > end:
            raise AssertionError(
                f"doccano did not start: {log.read_text(errors='replace')[-2000:]}"
            )
        time.sleep(0.3)
