"""The local page and the report in a real browser: what a clerk does, and that nothing breaks, leaks or shuts anyone out.

Runs where Chromium and its driver are installed, with everything it needs on this machine.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe
from click.testing import CliRunner
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait
from test_relations_page import DOCUMENTS, RELATIONS

from shenwen.checks.settings import Settings
from shenwen.pipeline.cli import group
from shenwen.pipeline.cli.serve import site_of
from shenwen.pipeline.reports.relations_graph import groups_of
from shenwen.pipeline.reports.relations_html import render
from shenwen.pipeline.web.server import server

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [pytest.mark.skipif(not (BROWSER and DRIVER), reason="no browser here"), pytest.mark.xdist_group("browser")]
SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
    " --disable-component-update --disable-dev-shm-usage --window-size=1280,900"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER or ""
    for flag in QUIET.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.add_experimental_option("prefs", {"download.default_directory": str(tmp_path_factory.mktemp("downloads"))})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        made = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    except WebDriverException as error:  # a machine where it is installed and cannot run: no fault of ours
        pytest.skip(f"the browser does not start: {error.msg}")
    yield made
    made.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index = str(tmp_path_factory.mktemp("索引"))
    CliRunner().invoke(group, ["index", "add", str(SAMPLES / "issued"), "--index", index, "--jobs", "2"], catch_exceptions=False)
    made = server(site_of(Settings(), index, 8), 0)
    threading.Thread(target=made.run, daemon=True).start()
    yield f"http://127.0.0.1:{made.effective_port}/"
    made.close()


@pytest.fixture(autouse=True)
def quiet_and_at_home(browser: webdriver.Chrome) -> Iterator[None]:
    """Whatever a test did: no error on the console, no request to anyone else."""
    browser.get_log("browser"), browser.get_log("performance")
    yield
    assert [row for row in browser.get_log("browser") if row["level"] == "SEVERE"] == []
    events = [json.loads(row["message"])["message"] for row in browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "file://", "data:", "blob:", "chrome"))] == []


def find(browser: webdriver.Chrome, selector: str) -> Any:
    return browser.find_element(By.CSS_SELECTOR, selector)


def every(browser: webdriver.Chrome, selector: str) -> list[Any]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def accessible(browser: webdriver.Chrome) -> None:
    found = Axe().run(browser)["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")] == []


def handed_in(browser: webdriver.Chrome, address: str, *names: Path) -> str:
    """Hand files in by the page, wait for the result, give its address."""
    browser.get(address)
    find(browser, "#files").send_keys("\n".join(map(str, names)))
    assert names[0].name in find(browser, "#chosen").text
    find(browser, "#drop button").click()
    WebDriverWait(browser, 60).until(lambda _: every(browser, "a[href='report.html']"))
    return str(browser.current_url)


@pytest.fixture(scope="module")
def drafts() -> tuple[Path, ...]:
    return tuple(sorted(path for path in (SAMPLES / "drafts").iterdir() if path.is_file()))


def test_the_first_page(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    assert find(browser, "h1").text == "审核草稿"
    assert [each.text for each in every(browser, "nav a")] == ["审核草稿", "检索文件", "任务台账"]
    accessible(browser)


def test_too_much_is_said_before_it_is_sent(browser: webdriver.Chrome, address: str, tmp_path: Path) -> None:
    (tmp_path / "大.txt").write_bytes(b"a" * (9 << 20))
    browser.get(address)
    find(browser, "#files").send_keys(str(tmp_path / "大.txt"))
    assert "超过上限 8 MB" in find(browser, "#chosen").text
    find(browser, "#drop button").click()
    assert browser.current_url == address


def test_files_are_dropped_and_progress_is_shown(browser: webdriver.Chrome, address: str, drafts: tuple[Path, ...]) -> None:
    browser.get(address)
    drop = """const data = new DataTransfer();
    for (const name of arguments[0]) data.items.add(new File([arguments[1]], name));
    const form = document.getElementById('drop');
    for (const kind of ['dragenter', 'dragover', 'drop'])
      form.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));"""
    browser.execute_script(drop, [f"稿{n}.txt" for n in range(40)], "关于做好河道清淤工作的通知\n各单位应当尽快完成清淤。\n" * 60)
    assert "已选择 40 个文件" in find(browser, "#chosen").text
    find(browser, "#drop button").click()
    seen = WebDriverWait(browser, 10, 0.01).until(lambda _: every(browser, "progress") or every(browser, "a[href='report.html']"))
    if seen[0].tag_name == "progress":
        assert seen[0].get_attribute("max") == "41"
        accessible(browser)
    WebDriverWait(browser, 60).until(lambda _: len(every(browser, "tbody tr")) == 40)


def test_findings_are_read_and_dismissed(browser: webdriver.Chrome, address: str, drafts: tuple[Path, ...]) -> None:
    place = handed_in(browser, address, *drafts)
    accessible(browser)
    assert len(every(browser, "tbody tr")) >= len(drafts)
    browser.find_element(By.LINK_TEXT, "逐条处理问题").click()
    accessible(browser)
    card = find(browser, "article.finding")
    mark = card.get_attribute("id")
    card.find_element(By.CSS_SELECTOR, "button[value=dismiss]").click()
    assert "decided" not in find(browser, f"#{mark}").get_attribute("class")  # the browser asks for the reason
    card.find_element(By.NAME, "reason").send_keys("此处已经会签同意")
    card.find_element(By.CSS_SELECTOR, "button[value=dismiss]").click()
    WebDriverWait(browser, 20).until(lambda _: every(browser, "article.decided"))
    assert "不采纳（此处已经会签同意）" in find(browser, f"#{mark} .result").text
    find(browser, "article.finding:not(.decided) button[value=accept]").click()
    WebDriverWait(browser, 20).until(lambda _: len(every(browser, "article.decided")) == 2)
    accessible(browser)
    handed_in(browser, address, *drafts)
    browser.find_element(By.LINK_TEXT, "阅读审核报告").click()
    assert "不采纳（此处已经会签同意）" in find(browser, f"#{mark} .decided").text
    assert place != browser.current_url


def test_results_are_downloaded(browser: webdriver.Chrome, address: str, drafts: tuple[Path, ...], tmp_path: Path) -> None:
    handed_in(browser, address, drafts[0])
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    for words in ("全部结果（zip）", "审核意见表（Excel）", "任务台账（Excel）"):
        browser.find_element(By.LINK_TEXT, words).click()
    find(browser, "a[href^='annotated/']").click()
    wanted = {"审核结果.zip", "审核意见表.xlsx", "任务台账.xlsx", f"{drafts[0].stem}（批注稿）.docx"}
    WebDriverWait(browser, 20).until(lambda _: {path.name for path in tmp_path.iterdir()} >= wanted)
    assert all(path.read_bytes().startswith(b"PK") for path in tmp_path.iterdir())


def test_the_index_is_searched(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + "search")
    accessible(browser)
    find(browser, "input[type=search]").send_keys("通知", Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda _: every(browser, "tbody tr"))
    assert all("通知" in row.text for row in every(browser, "tbody tr"))
    accessible(browser)


def test_the_ledger_is_filtered(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + "ledger")
    rows = len(every(browser, "tbody tr"))
    accessible(browser)
    Select(find(browser, "select")).select_by_visible_text("逾期")
    find(browser, "form button").click()
    WebDriverWait(browser, 20).until(lambda _: "state=overdue" in browser.current_url)
    late = every(browser, "tbody tr")
    assert 0 < len(late) < rows and all("overdue" in row.get_attribute("class") for row in late)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("report")
    CliRunner().invoke(group, ["review", str(SAMPLES / "drafts"), "--out", str(out)], catch_exceptions=False)
    return (out / "report.html").as_uri()


def test_the_report_is_filtered_and_searched(browser: webdriver.Chrome, report: str) -> None:
    browser.get(report)
    notes = len(every(browser, ".note"))
    for name in ("warning", "info"):
        find(browser, f"input[value={name}]").click()
    shown = [note for note in every(browser, ".note") if note.is_displayed()]
    assert 0 < len(shown) < notes and all("error" in note.get_attribute("class") for note in shown)
    assert find(browser, "#shown").text.startswith(f"显示 {len(shown)} 处")
    for name in ("warning", "info"):
        find(browser, f"input[value={name}]").click()
    find(browser, "#search").send_keys("没有这样的词语")
    WebDriverWait(browser, 10).until(lambda _: not [note for note in every(browser, ".note") if note.is_displayed()])


def test_the_report_is_used_by_keyboard(browser: webdriver.Chrome, report: str) -> None:
    browser.get(report)
    find(browser, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "documents"
    for _ in range(40):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        if "note" in (browser.switch_to.active_element.get_attribute("class") or "").split():
            break
    number = browser.switch_to.active_element.get_attribute("data-n")
    assert number and any("lit" in mark.get_attribute("class") for mark in every(browser, f"mark[data-f~='{number}']"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_the_report(browser: webdriver.Chrome, report: str, scheme: str) -> None:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.get(report)
    try:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})  # for the checker's own script
        browser.refresh()
        accessible(browser)
    finally:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_page_of_relations(browser: webdriver.Chrome, tmp_path: Path) -> None:
    page = tmp_path / "relations.html"
    page.write_text(render(groups_of(DOCUMENTS, list(enumerate(RELATIONS, 1))), "库/", date(2026, 11, 1)), encoding="utf-8")
    browser.get(page.as_uri())
    accessible(browser)
    find(browser, "a.line.restatement").send_keys(Keys.ENTER)
    row = find(browser, "tr:target")
    assert row.is_displayed() and row == browser.switch_to.active_element and "90%" in row.text
    find(browser, "input[value=restatement]").click()
    assert not find(browser, "a.line.restatement").is_displayed() and find(browser, "a.line.revision").is_displayed()
    Select(find(browser, "#level")).select_by_visible_text("省级")
    find(browser, "#search").send_keys("没有这样的词")
    WebDriverWait(browser, 5).until(lambda _: find(browser, "#shown").text == "显示 0 组，共 1 组")
