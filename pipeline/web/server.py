"""The server of the local page: HTTP in, pages out. Standard library only, bound to 127.0.0.1.

Addresses: `/` the form, `POST /review` a batch, `/result/ID/` its progress and results, `/result/ID/NAME` one of its files,
`POST /result/ID/drop` forgets it, `/ledger` the register of the index. Files are looked up by name among those made: no
address ever becomes a path on disk.
"""

from __future__ import annotations

import io
import secrets
import zipfile
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from shenwen.pipeline.web import guard
from shenwen.pipeline.web.forms import FormProblem, Part, parts_of
from shenwen.pipeline.web.jobs import KEPT_SECONDS, Busy, Done, Job, Jobs, Work
from shenwen.pipeline.web.ledger_page import Register, ledger_words

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SILENT_SECONDS = 30
#: What is read and thrown away of a body that is too large, so that the browser shows our answer.
_DRAINED = 64 << 20


@dataclass(frozen=True, slots=True)
class Site:
    """All that the pages need. `register` gives the tasks of the index, None where no index was named."""

    jobs: Jobs
    most_bytes: int
    register: Register | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Refused(Exception):
    """A request that is answered with a status and a sentence in Chinese."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class Server(ThreadingHTTPServer):
    """The server; `site` is what it shows."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, site: Site) -> None:
        self.site = site
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error; whatever else happens in one request is answered there."""


def server(port: int, work: Work, megabytes: int, register: Register | None = None) -> Server:
    """A server on 127.0.0.1, bound but not yet serving; port 0 takes a free one. Raises OSError."""
    return Server(port, Site(Jobs(work), megabytes << 20, register))


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = _SILENT_SECONDS

    def do_GET(self) -> None:
        self._answer(self._get)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self._answer(self._post)

    def log_message(self, format: str, *args: Any) -> None:
        """Names of files are nobody's business: nothing is logged."""

    def version_string(self) -> str:
        return "shenwen"

    def _answer(self, act: Any) -> None:
        try:
            if not guard.own_host(self.headers, self.server.server_port):
                raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "请通过 http://127.0.0.1 访问")
            act()
        except Refused as refused:
            self.close_connection = True
            self._page("message", "无法完成", refused.status, message=refused.message)
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        except Exception as error:
            self.close_connection = True
            words = f"程序内部出错：{type(error).__name__}: {error}"[:300]
            self._page("message", "无法完成", HTTPStatus.INTERNAL_SERVER_ERROR, message=words)

    def _get(self) -> None:
        address = urlsplit(self.path)
        match [unquote(step) for step in address.path.split("/")[1:]]:
            case [""]:
                self._start()
            case ["static", ("page.css" | "page.js") as name]:
                self._send(_own(name), name)
            case ["ledger"] if self.server.site.register:
                self._page("ledger", "任务台账", **ledger_words(self.server.site.register, parse_qs(address.query)))
            case ["result", number, *steps] if steps:
                self._result(self._job(number), "/".join(steps))
            case _:
                raise Refused(HTTPStatus.NOT_FOUND, "没有这个页面")

    def _start(self) -> None:
        site = self.server.site
        self._page("start", "审核草稿", token=site.token, megabytes=site.most_bytes >> 20, minutes=KEPT_SECONDS // 60)

    def _job(self, number: str) -> Job:
        job = self.server.site.jobs.get(number)
        if job is None:
            raise Refused(HTTPStatus.NOT_FOUND, "没有这次审核的结果，可能已经清除，请重新提交")
        return job

    def _result(self, job: Job, name: str) -> None:
        if job.problem:
            raise Refused(HTTPStatus.INTERNAL_SERVER_ERROR, job.problem)
        if not name:
            self._progress(job)
        elif job.done and name == "all.zip":
            self._send(_zipped(job.done), name)
        elif job.done and name in job.done.files:
            self._send(job.done.files[name], name, policy=guard.REPORT_POLICY if name == "report.html" else guard.POLICY)
        else:
            raise Refused(HTTPStatus.NOT_FOUND, "没有这个文件")

    def _progress(self, job: Job) -> None:
        if job.done is None:
            self._page("wait", "正在审核", job=job)
        else:
            self._page("done", "审核结果", job=job, downloads=_downloads(job.done), token=self.server.site.token)

    def _post(self) -> None:
        parts = self._form()
        match [unquote(step) for step in urlsplit(self.path).path.split("/")[1:]]:
            case ["review"]:
                files = [
                    (part.filename, part.data) for part in parts if part.filename and (part.data or part.filename != "未命名")
                ]
                self._begin(files)
            case ["result", number, "drop"]:
                self.server.site.jobs.forget(self._job(number).id)
                self._go("/")
            case _:
                raise Refused(HTTPStatus.NOT_FOUND, "没有这个页面")

    def _begin(self, files: list[tuple[str, bytes]]) -> None:
        if not files:
            raise Refused(HTTPStatus.BAD_REQUEST, "没有选择文件")
        try:
            job = self.server.site.jobs.begin(files)
        except Busy as busy:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "等候审核的文件太多，请稍后再试") from busy
        self._go(f"/result/{job.id}/")

    def _form(self) -> list[Part]:
        """The fields of a form of our own. Raises Refused."""
        if not guard.own_page(self.headers):
            raise Refused(HTTPStatus.FORBIDDEN, "请求不是从本页面发出的")
        try:
            parts = parts_of(self.headers.get("Content-Type", ""), self._body())
        except FormProblem as problem:
            raise Refused(HTTPStatus.BAD_REQUEST, str(problem)) from problem
        sent = next((part.data for part in parts if part.name == "token"), None)
        if not guard.own_form(sent, self.server.site.token):
            raise Refused(HTTPStatus.FORBIDDEN, "页面已经过期，请返回首页重新提交")
        return parts

    def _body(self) -> bytes:
        said, most = self.headers.get("Content-Length", ""), self.server.site.most_bytes
        if self.headers.get("Transfer-Encoding") or not (said.isascii() and said.isdigit() and len(said) < 16):
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "请求没有说明长度")
        length = int(said)
        if length > most:
            self._drain(min(length, _DRAINED))
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"提交的文件超过上限 {most >> 20} MB，请分批提交")
        data = self.rfile.read(length)
        if len(data) != length:
            raise Refused(HTTPStatus.BAD_REQUEST, "提交的内容不完整，请重新选择文件")
        return data

    def _drain(self, length: int) -> None:
        while length > 0 and (read := len(self.rfile.read(min(length, 1 << 20)))):
            length -= read

    def _go(self, place: str) -> None:
        self._send(b"", "x.html", HTTPStatus.SEE_OTHER, place=place)

    def _page(self, page: str, title: str, status: HTTPStatus = HTTPStatus.OK, **words: Any) -> None:
        html = _template().render(page=page, title=title, indexed=self.server.site.register is not None, **words)
        self._send(html.encode("utf-8", "replace"), "x.html", status)

    def _send(
        self, data: bytes, name: str, status: HTTPStatus = HTTPStatus.OK, policy: str = guard.POLICY, place: str | None = None
    ) -> None:
        kind = name.rpartition(".")[2]
        self.send_response(status)
        own = {"Content-Type": _TYPES.get(kind, "application/octet-stream"), "Content-Length": str(len(data))}
        if kind not in ("html", "css", "js"):
            own["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name.rpartition('/')[2], safe='')}"
        if place:
            own["Location"] = place
        if self.close_connection:
            own["Connection"] = "close"
        for header, value in {**guard.HEADERS, "Content-Security-Policy": policy, **own}.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _own(name: str) -> bytes:
    return resources.files("shenwen.pipeline.web").joinpath(name).read_bytes()


def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_own("pages.html").decode())


def _downloads(done: Done) -> list[tuple[str, str]]:
    """Files with what they are, in the order in which people want them."""
    known = {"findings.xlsx": "审核意见表（Excel）", "register.xlsx": "任务台账（Excel）", "findings.json": "审核结果（JSON）"}
    folders = {"annotated": "批注稿", "opinions": "审核意见"}
    rows = [(name, words) for name, words in known.items() if name in done.files]
    for folder, words in folders.items():
        rows += [(name, f"{words}：{name.partition('/')[2]}") for name in done.files if name.startswith(f"{folder}/")]
    return rows


def _zipped(done: Done) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in done.files.items():
            packed.writestr(name, data)
    return out.getvalue()
