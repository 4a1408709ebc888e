"""Makes the pictures of ``doccano.md``: a real server, and Chromium without a window.

Run from the top of the repository, with selenium installed, and Debian's packages ``chromium``,
``chromium-driver`` and ``fonts-wqy-zenhei`` (without a Chinese font its signs are boxes)::

    python -m docs.make_screenshots doccano-env

where ``doccano-env`` is the environment of doccano that ``doccano.md`` makes. Only examples and
authored circulars of the repository are shown.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import (
    element_to_be_clickable,
    presence_of_element_located,
    text_to_be_present_in_element,
    url_contains,
)
from selenium.webdriver.support.ui import WebDriverWait

from govextract.corpus import read_source
from govextract.doccano.client import connect
from govextract.doccano.exchange import from_ledger
from govextract.doccano.projects import examples, find_project
from govextract.doccano.pushing import push
from govextract.pipeline import extract
from tests.doccano.running import USER, Running, started

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "screenshots"
PROJECT = "2025"
AUTHORED = ("diebu-2012-jinhuo", "fusong-2023-renshen", "fuyang-2025-fangxun")
MOST_BYTES = 200_000
SIZE = 1280, 860


def fill(server: Running) -> int:
    """Push the example and some authored circulars, confirm a piece, return the project."""
    client = connect(server.url, USER, server.password)
    texts = {"circular.txt": (ROOT / "examples" / "circular.txt").read_text("utf-8")}
    for name in AUTHORED:
        texts[f"{name}.txt"] = read_source(ROOT / "corpus" / "v1" / "authored" / f"{name}.txt").text
    documents = [from_ledger(extract(text), name) for name, text in texts.items()]
    push(client, PROJECT, documents, limit=700)
    project = find_project(client, PROJECT)
    assert project is not None
    first = min(examples(client, project["id"]), key=lambda e: e["id"])
    client.post(f"v1/projects/{project['id']}/examples/{first['id']}/states", json={})
    return int(project["id"])


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """Run Chromium without a window and with a profile of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    profile = tempfile.mkdtemp()
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--lang=en-US",
        f"--window-size={SIZE[0]},{SIZE[1]}", f"--user-data-dir={profile}",
    ):  # fmt: skip
        options.add_argument(argument)
    driver = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
    )
    try:
        yield driver
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)


def shoot(driver: webdriver.Chrome, server: Running, project: int) -> None:
    """Log in as a person does, and write a picture of each page."""
    wait = WebDriverWait(driver, 60)
    driver.get(f"{server.url}/auth")
    name, word = (
        wait.until(presence_of_element_located((By.CSS_SELECTOR, f"input[type={kind}]")))
        for kind in ("text", "password")
    )
    name.send_keys(USER)
    word.send_keys(server.password, "\n")
    wait.until(url_contains("/projects"))
    at = f"{server.url}/projects/{project}"
    # Name, address, entry of the side bar to press there, words that the page then shows. The page
    # of the labels is only there for those who come from another one.
    pages = (
        ("projects", f"{server.url}/projects", None, PROJECT),
        ("labels", f"{at}/dataset", "Labels", "DEADLINE"),
        ("piece", f"{at}/sequence-labeling?page=2", None, "AGENCY"),
    )
    OUT.mkdir(exist_ok=True)
    for picture, address, entry, shown in pages:
        driver.get(address)
        if entry is not None:
            path = f"//nav//*[normalize-space()='{entry}']"
            wait.until(element_to_be_clickable((By.XPATH, path))).click()
        wait.until(text_to_be_present_in_element((By.TAG_NAME, "main"), shown))
        # Whatever fades in has done so.
        driver.execute_async_script("setTimeout(arguments[0], 1500)")
        path = OUT / f"{picture}.png"
        path.write_bytes(driver.get_screenshot_as_png())
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}: {size:,} bytes")
        if size >= MOST_BYTES:
            raise SystemExit(f"{picture} is larger than {MOST_BYTES:,} bytes")


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("environment", type=Path, help="folder of doccano's environment")
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp())
    try:
        with started(given.environment.resolve(), home) as server, browser() as driver:
            shoot(driver, server, fill(server))
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
