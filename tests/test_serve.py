"""The local page: the whole way of a batch, and what hostile requests get."""

from __future__ import annotations

import io
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from hostile import HOSTILE
from lxml import html
from openpyxl import load_workbook

from shenwen.checks.settings import Settings
from shenwen.pipeline.cli import group
from shenwen.pipeline.cli.serve import site_of
from shenwen.pipeline.web.jobs import MOST_JOBS, Busy, Done, Jobs
from shenwen.pipeline.web.names import safe_name
from shenwen.pipeline.web.server import Site, application, server

PASSAGE = (
    "三、清出的淤泥应当运往指定场地堆放，不得倾倒在河滩、农田和绿化带内；运输车辆须加盖篷布，沿途洒落的泥块由施工单位当日清扫，"
    "堆放场地由所在地乡镇派专人看守并逐车登记。"
)
NOTICE = f"""云川市人民政府办公室关于做好河道清淤工作的通知
云政办发〔2026〕8号
各县（区）人民政府：
一、市水务局应当于2026年5月31日前完成清淤方案编制。
二、各县（区）人民政府应当尽快完成清淤任务。
{PASSAGE}
云川市人民政府办公室
2026年4月1日
"""
BOUNDARY = "----分界".encode().hex()


@dataclass(frozen=True)
class Serving:
    """A server that runs."""

    port: int
    site: Site
    index: str


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "已发").mkdir()
    (folder / "已发" / "清淤.txt").write_text(NOTICE, encoding="utf-8")
    index = str(folder / "索引")
    CliRunner().invoke(group, ["index", "add", str(folder / "已发"), "--index", index, "--jobs", "1"], catch_exceptions=False)
    site = site_of(Settings(), index, 1)
    made = server(site, 0)
    threading.Thread(target=made.run, daemon=True).start()
    yield Serving(made.effective_port, site, index)
    made.close()


def ask(serving: Serving, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", serving.port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def form(token: str | None, files: list[tuple[str, bytes]]) -> bytes:
    fields = [('name="token"', token.encode())] if token is not None else []
    fields += [(f'name="files"; filename="{name}"', data) for name, data in files]
    pieces = [
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n" for head, data in fields
    ]
    return b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()


def post(
    serving: Serving, files: list[tuple[str, bytes]], path: str = "/review", token: str | None = "", **headers: str
) -> tuple[HTTPResponse, bytes]:
    body = form(serving.site.token if token == "" else token, files)
    return ask(serving, "POST", path, body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}", **headers)


def results(serving: Serving, files: list[tuple[str, bytes]]) -> tuple[str, str]:
    """The address of the results and the page, when they are there."""
    answer, _ = post(serving, files)
    assert answer.status == 303
    place = answer.headers["Location"]
    for _ in range(400):
        page = ask(serving, "GET", place)[1].decode()
        if "http-equiv" not in page:
            return place, page
        time.sleep(0.05)
    raise AssertionError("no result")


def test_the_way_of_a_batch(serving: Serving) -> None:
    place, page = results(serving, [("清淤.txt", NOTICE.encode()), ("空.txt", b""), ("坏.docx", b"PK\x03\x04broken")])
    tree = html.fromstring(page)
    assert tree.xpath("//tbody/tr/th/text()") == ["清淤.txt"]
    assert [words.partition("：")[0] for words in tree.xpath("//main/ul[last()]/li/text()")] == ["空.txt", "坏.docx"]
    for address in tree.xpath("//main//a/@href"):
        answer, data = ask(serving, "GET", place + address)
        assert (answer.status, bool(data)) == (200, True)
    report = ask(serving, "GET", place + "report.html")[1].decode()
    assert "尽快" in report and "Content-Security-Policy" in report
    said = ask(serving, "GET", place + "findings.json")[1].decode()
    assert '"path": "清淤.txt"' in said and "shenwen-" not in said
    with zipfile.ZipFile(io.BytesIO(ask(serving, "GET", place + "all.zip")[1])) as packed:
        assert {"report.html", "register.xlsx", "annotated/清淤.docx"} <= set(packed.namelist())
    assert post(serving, [], place + "drop")[0].status == 303
    assert ask(serving, "GET", place)[0].status == 404


def test_every_answer_forbids_foreign_code(serving: Serving) -> None:
    for path in ("/", "/ledger", "/search", "/static/page.js", "/nothing"):
        headers = ask(serving, "GET", path)[0].headers
        assert "default-src 'none'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


def test_page_asks_for_nothing_from_elsewhere(serving: Serving) -> None:
    page = ask(serving, "GET", "/")[1].decode()
    assert not re.search(r"https?://", page)
    assert not html.fromstring(page).xpath("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1", "localhost.evil.example", ""])
def test_a_foreign_name_that_leads_here_is_refused(serving: Serving, host: str) -> None:
    assert ask(serving, "GET", "/", Host=host)[0].status == 421


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}])
def test_forged_requests_are_refused(serving: Serving, headers: dict[str, str]) -> None:
    assert post(serving, [("a.txt", b"a")], **headers)[0].status == 403


@pytest.mark.parametrize("token", [None, "wrong", "é"])
def test_a_form_without_our_token_is_refused(serving: Serving, token: str | None) -> None:
    assert post(serving, [("a.txt", b"a")], token=token)[0].status == 403


def test_our_own_origin_is_let_in(serving: Serving) -> None:
    headers = {"Origin": f"http://127.0.0.1:{serving.port}", "Sec_Fetch_Site": "same-origin"}
    assert post(serving, [("a.txt", NOTICE.encode())], **headers)[0].status == 303


def test_too_large_is_named(serving: Serving) -> None:
    answer, page = post(serving, [("大.txt", b"a" * (1 << 20))])
    assert answer.status == 413 and "1 MB" in page.decode()


@pytest.mark.parametrize("length", ["-1", "1e3", "９", "1" * 30])
def test_unknown_length_is_refused(serving: Serving, length: str) -> None:
    connection = HTTPConnection("127.0.0.1", serving.port, timeout=20)
    connection.putrequest("POST", "/review")
    connection.putheader("Content-Length", length.encode())
    connection.endheaders()
    assert connection.getresponse().status in (400, 413)
    connection.close()


@pytest.mark.parametrize("name", ["../../etc/passwd", "..%2f..%2fetc/passwd", "report.html/../../x", "%00", "all.zip/"])
def test_addresses_never_become_paths(serving: Serving, name: str) -> None:
    place, _ = results(serving, [("a.txt", NOTICE.encode())])
    assert ask(serving, "GET", place + name)[0].status == 404


def test_script_in_names_and_titles_stays_text(serving: Serving) -> None:
    name = "<img src=x onerror=alert(1)>&quot;.txt"
    place, page = results(
        serving, [(name, f"关于<script>alert(1)</script>的通知\n{NOTICE}".encode()), ("<b>.bin", b"\x00\x01\x02")]
    )
    report = ask(serving, "GET", place + "report.html")[1].decode()
    for text in (page, report):
        assert "<script>alert" not in text and "<img" not in text and "<b>" not in text


def test_bombs_and_lies_are_named_on_the_page(serving: Serving) -> None:
    names = ["zip_bomb.zip", "docx_bomb.docx", "billion_laughs.docx", "nul.docx"]
    _, page = results(serving, [(name, HOSTILE[name][0]()) for name in names] + [("图.docx", b"\x89PNG\r\n\x1a\n")])
    told = [words.partition("：")[0] for words in html.fromstring(page).xpath("//main/ul[last()]/li/text()")]
    assert {"zip_bomb.zip!/a.txt", "docx_bomb.docx", "nul.docx", "图.docx"} <= set(told)


@pytest.mark.parametrize(
    "given",
    ["../../x/稿.docx", r"C:\drafts\稿.docx", "/etc/稿.docx", "a\x00\n稿.docx", "..", "", "长" * 300 + ".docx", "🙂" * 99],
)
def test_names_are_safe(given: str) -> None:
    name = safe_name(given)
    assert name and "/" not in name and "\\" not in name and name.isprintable() and name not in (".", "..")
    assert len(name.encode()) <= 255


@pytest.mark.parametrize(
    "body", [b"", b"--x", f"--{BOUNDARY}\r\n\r\n--{BOUNDARY}--".encode(), f"--{BOUNDARY}\r\nA: b\r\n\r\n".encode()]
)
def test_broken_forms_are_named(serving: Serving, body: bytes) -> None:
    answer, page = ask(serving, "POST", "/review", body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}")
    assert answer.status in (400, 403) and "<h1>无法完成</h1>" in page.decode()


def test_ledger_is_filtered(serving: Serving) -> None:
    every = html.fromstring(ask(serving, "GET", "/ledger")[1].decode()).xpath("//tbody/tr")
    one = html.fromstring(ask(serving, "GET", "/ledger?owner=%E6%B0%B4%E5%8A%A1")[1].decode()).xpath("//tbody/tr")
    assert (len(every), len(one)) == (6, 1)
    nasty = ask(serving, "GET", "/ledger?owner=%22%3E%3Cscript%3E&state=x")[1].decode()
    assert "<script>" not in nasty


def urlencoded(serving: Serving, path: str, **fields: str) -> tuple[HTTPResponse, bytes]:
    body = urlencode({"token": serving.site.token, **fields}).encode()
    return ask(serving, "POST", path, body, Content_Type="application/x-www-form-urlencoded")


def test_findings_are_decided_and_the_index_keeps_it(serving: Serving) -> None:
    place, _ = results(serving, [("<b>定.txt", NOTICE.encode())])
    page = ask(serving, "GET", place + "findings")[1].decode()
    assert "<b>" not in page and "未处理" in page
    number = html.fromstring(page).xpath("//article[contains(., '尽快')]/@id")[0].removeprefix("f")
    assert urlencoded(serving, place + "decide", number=number, decision="dismiss", reason=" ")[0].status == 400
    for wrong in ("0", "999", "x", "٣"):
        assert urlencoded(serving, place + "decide", number=wrong, decision="accept")[0].status == 400
    assert urlencoded(serving, place + "decide", number=number, token="x", decision="accept")[0].status == 403
    reason = "汛期<script>另行安排"
    answer, _ = urlencoded(serving, place + "decide", number=number, decision="dismiss", reason=reason)
    assert (answer.status, answer.headers["Location"]) == (303, f"{place}findings?page=1#f{number}")
    for name in ("findings?page=9", "report.html"):
        said = ask(serving, "GET", place + name)[1].decode()
        assert "处理结果：不采纳（汛期&lt;script&gt;另行安排）" in said
    again, _ = results(serving, [("<b>定.txt", NOTICE.encode())])
    assert "汛期&lt;script&gt;另行安排" in ask(serving, "GET", again + "findings")[1].decode()
    sheet = load_workbook(io.BytesIO(ask(serving, "GET", again + "findings.xlsx")[1])).worksheets[0]
    rows = list(sheet.values)
    columns = [rows[0].index(name) for name in ("处理结果", "处理理由")]
    assert ["不采纳", reason] in [[row[column] for column in columns] for row in rows[1:]]


def test_the_index_is_searched(serving: Serving) -> None:
    def found(words: str) -> list[str]:
        page = ask(serving, "GET", f"/search?q={quote(words)}")[1].decode()
        assert "<script>" not in page
        return [" ".join(row.text_content().split()) for row in html.fromstring(page).xpath("//tbody/tr")]

    for words in ("河道 清淤", "云政办发〔2026〕8号", "云政办发[2026]8号"):
        (row,) = found(words)
        assert "河道清淤工作的通知" in row and "2026-04-01" in row
    (row,) = found(PASSAGE.replace("逐车登记", "逐日登记"))
    assert "相似度" in row
    assert found("河道 道路") == found("<script>") == found("") == found("%") == []


def test_whoever_comes_from_elsewhere_must_know_the_key() -> None:
    site = replace(site_of(Settings(), None, 1), password="云川")
    client = application(site).test_client()
    assert client.get("/").status_code == client.get("/?key=x").status_code == 403
    elsewhere = "http://shenwen.example/"
    answer = client.get("/?key=云川", base_url=elsewhere)
    assert answer.status_code == 303 and "HttpOnly" in answer.headers["Set-Cookie"] and "Strict" in answer.headers["Set-Cookie"]
    assert client.get("/", base_url=elsewhere).status_code == 200
    assert client.get("/").status_code == 403


def test_a_bug_costs_one_batch() -> None:
    def crash(*_: object) -> Done:
        raise RuntimeError("boom")

    jobs = Jobs(crash)
    job = jobs.begin([("a.txt", b"")])
    while job.ended is None:
        time.sleep(0.01)
    assert job.problem and "boom" in job.problem and job.files == []


def test_the_queue_is_bounded_and_results_make_room() -> None:
    go = threading.Event()

    def wait(*_: object) -> Done:
        go.wait(20)
        return Done({}, [], [])

    jobs = Jobs(wait)
    first = [jobs.begin([]) for _ in range(MOST_JOBS)]
    with pytest.raises(Busy):
        jobs.begin([])
    go.set()
    while any(job.ended is None for job in first):
        time.sleep(0.01)
    jobs.begin([])
    assert len(jobs.jobs) == MOST_JOBS and jobs.get(first[0].id) is None


def test_many_at_once(serving: Serving) -> None:
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(serving, [("a.txt", b"a" * 500_000)])[0].status)) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {303, 503} and 303 in answers


def test_wrong_usage(tmp_path: Path, serving: Serving) -> None:
    for arguments in (
        ["--index", str(tmp_path / "无")],
        ["--config", str(tmp_path / "无")],
        ["--port", str(serving.port)],
    ):
        run = CliRunner().invoke(group, ["serve", *arguments])
        assert run.exit_code == 2 and "Traceback" not in run.output
