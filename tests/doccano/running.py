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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ENVIRONMENT = "GOVEXTRACT_DOCCANO_VENV"
PACKAGES = ("doccano==1.8.4", "marshmallow<4", "numpy<2")
USER = "admin"


@dataclass(frozen=True)
class Running:
    url: str
    password: str


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
    commands = ([*web, "--chdir", str(backend), "config.wsgi"], [program, "task", "--concurrency", "1"])  # fmt: skip
    running = []
    with (home / "log").open("wb") as log:
        try:
            for command in commands:
                running.append(
                    subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=home)
                )
            url = f"http://127.0.0.1:{port}"
            _wait(url, home / "log")
            yield Running(url, password)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(30)


def _wait(url: str, log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/v1/health/?format=json", timeout=30) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"doccano did not start: {log.read_text(errors='replace')[-2000:]}")
