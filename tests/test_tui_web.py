"""The app in a browser: who is let in, and one sitting in a real Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from corpus.errors import UsageError
from tui.delivering import file_name
from tui.serve_command import _token

PATIENCE = 120.0
"""Seconds for a process to start, or an answer to come, on a busy machine."""
TOKEN = "a-token-of-the-tests"
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


@dataclass(frozen=True)
class Served:
    """A running server."""

    base: str
    home: Path
    """Its data directory."""


@pytest.fixture(scope="module")
def served(
    region_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("served") / "region"
    shutil.copytree(region_dir, home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--data-dir", str(home), "serve", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant", *words],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PLACEMENTS_SERVE_TOKEN": TOKEN},
    )
    try:
        assert server.stderr is not None
        told = server.stderr.readline()
        assert told == f"Open http://127.0.0.1:{port}/?token={TOKEN}\n"
        yield Served(f"http://127.0.0.1:{port}", home)
    finally:
        server.terminate()
        with server:  # waits for it, and closes its output
            pass


def within_patience(holds: Callable[[], Any]) -> Any:
    """What it gives once that is true."""
    deadline = time.monotonic() + PATIENCE
    while not (value := holds()):
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.2)
    return value


PATHS = ["/", "/?token=", "/?token=wrong", "/static/js/textual.js", "/page/page.js"]


@pytest.mark.parametrize("path", [*PATHS, "/download/x", "/ws", "/static/"])
async def test_without_the_token_nothing_is_served(served: Served, path: str) -> None:
    async with (
        ClientSession(cookies={"placements": "x"}) as browser,
        browser.get(served.base + path) as answer,
    ):
        assert answer.status == 403
        assert "placements serve" in await answer.text()


@pytest.mark.parametrize("cookie", ["", "wrong", "é"])
async def test_a_wrong_token_opens_no_websocket(served: Served, cookie: str) -> None:
    name = f"placements-{served.base.rpartition(':')[2]}"
    async with ClientSession(headers={"Cookie": f"{name}={cookie}"}) as browser:
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{served.base}/ws")
    assert refused.value.status == 403


async def test_the_token_becomes_a_cookie_and_leaves_the_address(
    served: Served,
) -> None:
    async with ClientSession(cookie_jar=_jar()) as browser:
        async with browser.get(f"{served.base}/?token={TOKEN}") as page:
            assert page.status == 200
            assert page.url.query_string == ""
            text = await page.text()
            assert "http" not in text.replace("<!DOCTYPE html>", "")
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        cookie = next(iter(browser.cookie_jar))
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
        for path in ("/static/js/textual.js", "/page/page.js", "/page/page.css"):
            async with browser.get(served.base + path) as asset:
                assert asset.status == 200


async def test_another_sites_page_cannot_use_the_cookie(served: Served) -> None:
    async with ClientSession(cookie_jar=_jar()) as browser:
        async with browser.get(f"{served.base}/?token={TOKEN}") as page:
            assert page.status == 200
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{served.base}/ws", origin="http://evil.example")
    assert refused.value.status == 403


def _jar() -> Any:
    from aiohttp import CookieJar

    return CookieJar(unsafe=True)  # keeps cookies of an address without a name


def test_a_token_that_could_be_guessed_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PLACEMENTS_SERVE_TOKEN", "kent")
    with pytest.raises(UsageError, match="4 characters"):
        _token()
    monkeypatch.delenv("PLACEMENTS_SERVE_TOKEN")
    assert len(_token()) > 30
    assert _token() != _token()


def test_a_downloads_name_needs_no_quoting_anywhere() -> None:
    assert file_name('Kent "boy" 14; x/../y.docx') == "Kent-boy-14-x-..-y.docx"
    assert file_name("مرحبا") == "placements"


@pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium is not installed")
def test_a_sitting_in_chromium(served: Served, tmp_path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser = chromium(tmp_path)
    try:
        browser.get(f"{served.base}/?token={TOKEN}")
        within_patience(lambda: "-first-byte" in body_classes(browser))
        question = "Which homes near Maidstone could take a girl of 14 who self-harms?"
        time.sleep(5)  # what is on the canvas cannot be read: let it be painted
        ActionChains(browser).send_keys(question, Keys.ENTER).perform()
        transcript = within_patience(lambda: list(served.home.glob("sessions/*.jsonl")))
        turn = json.loads(within_patience(lambda: lines_of(transcript[0])[1:])[0])
        assert turn["result"]["question"] == question
        assert turn["result"]["status"] == "answered"
        time.sleep(2)  # the answer is kept before it is drawn
        ActionChains(browser).send_keys(Keys.F9).pause(2).send_keys("2").perform()
        exported = within_patience(lambda: list(tmp_path.glob("downloads/*.md")))
        within_patience(lambda: question in exported[0].read_text())
        fetched = browser.execute_script(
            "return performance.getEntriesByType('resource').map(e => e.name)"
        )
        assert fetched
        assert all(address.startswith(served.base) for address in fetched)
        ActionChains(browser).key_down(Keys.CONTROL).send_keys("q").perform()
        within_patience(lambda: "-closed" in body_classes(browser))
    finally:
        browser.quit()


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def body_classes(browser: Any) -> str:
    return str(browser.find_element("tag name", "body").get_attribute("class"))


def chromium(folder: Path) -> Any:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
        "disable-background-networking", "disable-component-update", "disable-sync",
        f"user-data-dir={folder / 'profile'}", "window-size=1280,800",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    downloads = {"download.default_directory": str(folder / "downloads")}
    options.add_experimental_option("prefs", downloads)
    service = webdriver.ChromeService(DRIVER)
    return webdriver.Chrome(options=options, service=service)
