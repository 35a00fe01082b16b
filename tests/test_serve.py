"""The local page: the whole way of a batch, and what hostile requests get."""

from __future__ import annotations

import io
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from shenwen.checks.settings import Settings
from shenwen.pipeline.cli import group
from shenwen.pipeline.cli.serve import tasks_of, work_of
from shenwen.pipeline.web.forms import FormProblem, parts_of, safe_name
from shenwen.pipeline.web.jobs import MOST_JOBS, Busy, Done, Jobs
from shenwen.pipeline.web.server import Server, server

NOTICE = """云川市人民政府办公室关于做好河道清淤工作的通知
云政办发〔2026〕8号
各县（区）人民政府：
一、市水务局应当于2026年5月31日前完成清淤方案编制。
二、各县（区）人民政府应当尽快完成清淤任务。
云川市人民政府办公室
2026年4月1日
"""
BOUNDARY = "----分界".encode().hex()


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "已发").mkdir()
    (folder / "已发" / "清淤.txt").write_text(NOTICE, encoding="utf-8")
    index = str(folder / "索引")
    CliRunner().invoke(group, ["index", "add", str(folder / "已发"), "--index", index, "--jobs", "1"], catch_exceptions=False)
    made = server(0, work_of(Settings(), None), 1, tasks_of(index))
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def ask(serving: Server, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", serving.server_port, timeout=20)
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
    serving: Server, files: list[tuple[str, bytes]], path: str = "/review", token: str | None = "", **headers: str
) -> tuple[HTTPResponse, bytes]:
    body = form(serving.site.token if token == "" else token, files)
    return ask(serving, "POST", path, body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}", **headers)


def results(serving: Server, files: list[tuple[str, bytes]]) -> tuple[str, str]:
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


def test_the_way_of_a_batch(serving: Server) -> None:
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


def test_every_answer_forbids_foreign_code(serving: Server) -> None:
    for path in ("/", "/ledger", "/static/page.js", "/nothing"):
        headers = ask(serving, "GET", path)[0].headers
        assert "default-src 'none'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


def test_page_asks_for_nothing_from_elsewhere(serving: Server) -> None:
    page = ask(serving, "GET", "/")[1].decode()
    assert not re.search(r"https?://", page)
    assert not html.fromstring(page).xpath("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1", "localhost.evil.example", ""])
def test_a_foreign_name_that_leads_here_is_refused(serving: Server, host: str) -> None:
    assert ask(serving, "GET", "/", Host=host)[0].status == 421


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}])
def test_forged_requests_are_refused(serving: Server, headers: dict[str, str]) -> None:
    assert post(serving, [("a.txt", b"a")], **headers)[0].status == 403


@pytest.mark.parametrize("token", [None, "wrong", "é"])
def test_a_form_without_our_token_is_refused(serving: Server, token: str | None) -> None:
    assert post(serving, [("a.txt", b"a")], token=token)[0].status == 403


def test_our_own_origin_is_let_in(serving: Server) -> None:
    headers = {"Origin": f"http://127.0.0.1:{serving.server_port}", "Sec_Fetch_Site": "same-origin"}
    assert post(serving, [("a.txt", NOTICE.encode())], **headers)[0].status == 303


def test_too_large_is_named(serving: Server) -> None:
    answer, page = post(serving, [("大.txt", b"a" * (1 << 20))])
    assert answer.status == 413 and "1 MB" in page.decode()


@pytest.mark.parametrize("length", ["", "-1", "1e3", "９", "1" * 30])
def test_unknown_length_is_refused(serving: Server, length: str) -> None:
    connection = HTTPConnection("127.0.0.1", serving.server_port, timeout=20)
    connection.putrequest("POST", "/review")
    connection.putheader("Content-Length", length.encode())
    connection.endheaders()
    assert connection.getresponse().status == 411
    connection.close()


@pytest.mark.parametrize("name", ["../../etc/passwd", "..%2f..%2fetc/passwd", "report.html/../../x", "%00", "all.zip/"])
def test_addresses_never_become_paths(serving: Server, name: str) -> None:
    place, _ = results(serving, [("a.txt", NOTICE.encode())])
    assert ask(serving, "GET", place + name)[0].status == 404


def test_script_in_names_and_titles_stays_text(serving: Server) -> None:
    name = "<img src=x onerror=alert(1)>&quot;.txt"
    place, page = results(
        serving, [(name, f"关于<script>alert(1)</script>的通知\n{NOTICE}".encode()), ("<b>.bin", b"\x00\x01\x02")]
    )
    report = ask(serving, "GET", place + "report.html")[1].decode()
    for text in (page, report):
        assert "<script>alert" not in text and "<img" not in text and "<b>" not in text


@pytest.mark.parametrize(
    "given",
    ["../../x/稿.docx", r"C:\drafts\稿.docx", "/etc/稿.docx", "a\x00\n稿.docx", "..", "", "长" * 300 + ".docx", "🙂" * 99],
)
def test_names_are_safe(given: str) -> None:
    name = safe_name(given)
    assert name and "/" not in name and "\\" not in name and name.isprintable() and name not in (".", "..")
    assert len(name.encode()) <= 255


def test_forms_keep_every_byte() -> None:
    data = bytes(range(256)) * 3 + b"\r\n--" + b"\r\n"
    parts = parts_of(f"multipart/form-data; boundary={BOUNDARY}", form("t", [("a.bin", data), ("b.bin", b"")]))
    assert [(part.filename, part.data) for part in parts] == [(None, b"t"), ("a.bin", data), ("b.bin", b"")]


@pytest.mark.parametrize(
    "body", [b"", b"--x", f"--{BOUNDARY}\r\n\r\n--{BOUNDARY}--".encode(), f"--{BOUNDARY}\r\nA: b\r\n\r\n".encode()]
)
def test_broken_forms_are_named(serving: Server, body: bytes) -> None:
    with pytest.raises(FormProblem):
        parts_of(f"multipart/form-data; boundary={BOUNDARY}", body)
    assert ask(serving, "POST", "/review", body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}")[0].status == 400


def test_ledger_is_filtered(serving: Server) -> None:
    every = html.fromstring(ask(serving, "GET", "/ledger")[1].decode()).xpath("//tbody/tr")
    one = html.fromstring(ask(serving, "GET", "/ledger?owner=%E6%B0%B4%E5%8A%A1")[1].decode()).xpath("//tbody/tr")
    assert (len(every), len(one)) == (2, 1)
    nasty = ask(serving, "GET", "/ledger?owner=%22%3E%3Cscript%3E&state=x")[1].decode()
    assert "<script>" not in nasty


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


def test_many_at_once(serving: Server) -> None:
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(serving, [("a.txt", b"a" * 500_000)])[0].status)) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {303, 503} and 303 in answers


def test_wrong_usage(tmp_path: Path, serving: Server) -> None:
    for arguments in (
        ["--index", str(tmp_path / "无")],
        ["--config", str(tmp_path / "无")],
        ["--port", str(serving.server_port)],
    ):
        run = CliRunner().invoke(group, ["serve", *arguments])
        assert run.exit_code == 2 and "Traceback" not in run.output
