"""The local page: addresses in, pages out (Flask), served to this machine (waitress).

`/` the form, `POST /review` a batch, `/result/ID/` its progress and results, `/result/ID/findings` what to decide,
`/result/ID/NAME` one of its files, `/search` and `/ledger` the index. Files are looked up by name among those made: no address
ever becomes a path on disk.
"""

from __future__ import annotations

import io
import logging
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, redirect, render_template, request
from jinja2 import StrictUndefined
from waitress.server import BaseWSGIServer, create_server
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from shenwen.pipeline.web import guard
from shenwen.pipeline.web.findings_page import decision_of, findings_words
from shenwen.pipeline.web.jobs import KEPT_SECONDS, Busy, Done, Job, Jobs
from shenwen.pipeline.web.ledger_page import Register, ledger_words
from shenwen.pipeline.web.names import safe_name
from shenwen.pipeline.web.search_page import Hit

_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: What the files and folders of a result are called.
_FILES = {
    "findings.xlsx": "审核意见表",
    "register.xlsx": "任务台账",
    "interpretations.xlsx": "政策解读情况",
    "findings.json": "审核结果",
    "all.zip": "审核结果",
}
_FOLDERS = {"annotated": "批注稿", "opinions": "审核意见"}
_MOST_FILES = 1000
#: A body that is too large is still read this far, so that the browser shows our answer and no broken connection.
_DRAINED = 64 << 20
_SILENT_SECONDS = 30
_THREADS = 8
#: Documents that a search shows.
_MOST_FOUND = 100
#: In words for people; other refusals carry their own.
_REFUSALS = {
    400: "提交的内容不完整，请重新选择文件",
    404: "没有这个页面",
    405: "没有这个页面",
    413: "提交的内容太多",
}

#: Words of a search, and at most how many rows → rows.
Search = Callable[[str, int], list[Hit]]


@dataclass(frozen=True, slots=True)
class Site:
    """All that the pages need. `register` gives the tasks of the index, `search` its documents; None where no index was named.

    `password` is what whoever comes from another machine must know; None where only this machine may come.
    """

    jobs: Jobs
    most_bytes: int
    register: Register | None = None
    search: Search | None = None
    decisions: Path | None = None
    password: str | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))


def server(site: Site, port: int, host: str = "127.0.0.1") -> BaseWSGIServer:
    """A server, bound but not yet serving (`run`, `close`); port 0 takes a free one (`effective_port`). Raises OSError."""
    app = application(site)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits its turn is no news for a clerk
    made = create_server(
        app,
        host=host,
        port=port,
        threads=_THREADS,
        ident="shenwen",
        channel_timeout=_SILENT_SECONDS,
        max_request_body_size=site.most_bytes + _DRAINED,
        clear_untrusted_proxy_headers=True,
    )
    app.config["PORT"] = made.effective_port
    return made


def application(site: Site) -> Flask:
    """The pages of a site. The port that the server took is to be put into its configuration as `PORT`."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=site.most_bytes, MAX_FORM_PARTS=_MOST_FILES + 10)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.context_processor(lambda: {"indexed": site.register is not None, "token": site.token})
    app.before_request(lambda: _admit(site, app.config.get("PORT")))
    app.after_request(_sealed)
    app.register_error_handler(HTTPException, lambda error: _refused(error, site))
    app.register_error_handler(Exception, _broken)
    _add_batches(app, site)
    _add_decisions(app, site)
    if site.register and site.search:
        _add_index_pages(app, site.register, site.search)
    return app


def _admit(site: Site, port: int | None) -> Response | None:
    if site.password is None:
        if not guard.own_host(request.headers, port):
            abort(421, "请通过 http://127.0.0.1 访问")
    elif guard.same(request.args.get("key"), site.password):
        answer = Response(status=303, headers={"Location": request.path})
        answer.set_cookie("key", site.password, httponly=True, samesite="Strict")
        return answer
    elif not guard.same(request.cookies.get("key"), site.password):
        abort(403, "请用启动时给出的完整地址访问")
    if request.method == "POST":
        _check_form(site)
    return None


def _check_form(site: Site) -> None:
    if not guard.own_page(request.headers):
        abort(403, "请求不是从本页面发出的")
    if request.content_length is None:
        abort(411, "请求没有说明长度")
    if not guard.same(request.form.get("token"), site.token):
        abort(403 if request.form or request.files else 400, "页面已经过期，请返回首页重新提交")


def _sealed(answer: Response) -> Response:
    for name, value in guard.HEADERS.items():
        answer.headers[name] = value
    answer.headers.setdefault("Content-Security-Policy", guard.POLICY)
    return answer


def _refused(error: HTTPException, site: Site) -> tuple[str, int]:
    if isinstance(error, RequestEntityTooLarge):
        words = f"提交的文件超过上限 {site.most_bytes >> 20} MB 或多于 {_MOST_FILES} 个，请分批提交"
    else:
        own = type(error).description
        words = (
            error.description if error.description and error.description != own else _REFUSALS.get(error.code or 500, "无法完成")
        )
    return _message(words, error.code or 500)


def _broken(error: Exception) -> tuple[str, int]:
    """A bug costs one request and is named."""
    return _message(f"程序内部出错：{type(error).__name__}: {error}"[:300], 500)


def _message(words: str, status: int) -> tuple[str, int]:
    return render_template("message.html", message=words), status


# --- batches ----------------------------------------------------------------------------------------------------------------------


def _add_batches(app: Flask, site: Site) -> None:
    jobs = site.jobs

    @app.get("/")
    def start() -> str:
        return render_template("start.html", most_bytes=site.most_bytes, minutes=KEPT_SECONDS // 60)

    @app.post("/review")
    def review() -> Any:
        given = [(safe_name(each.filename or ""), each.read()) for each in request.files.getlist("files") if each.filename]
        if not given:
            abort(400, "没有选择文件")
        try:
            job = jobs.begin(given)
        except Busy:
            abort(503, "等候审核的文件太多，请稍后再试")
        return redirect(f"/result/{job.id}/", 303)

    @app.get("/result/<number>/")
    def result(number: str) -> str:
        job = _job_of(jobs, number)
        if job.done is None:
            return render_template("wait.html", job=job)
        return render_template("done.html", done=job.done, downloads=_downloads(job.done))

    @app.get("/result/<number>/<path:name>")
    def file(number: str, name: str) -> Response:
        done = _done_of(jobs, number)
        if name == "all.zip":
            return _file(_zipped(done), name)
        if name not in done.files:
            abort(404, "没有这个文件")
        return _file(done.files[name], name)

    @app.post("/result/<number>/drop")
    def drop(number: str) -> Any:
        jobs.forget(number)
        return redirect("/", 303)


def _add_decisions(app: Flask, site: Site) -> None:
    @app.get("/result/<number>/findings")
    def findings(number: str) -> str:
        done = _done_of(site.jobs, number)
        return render_template("findings.html", **findings_words(done, request.args, kept=site.decisions is not None))

    @app.post("/result/<number>/decide")
    def decide(number: str) -> Any:
        from shenwen.corpus import decisions

        made = decision_of(_done_of(site.jobs, number), request.form, date.today())
        if isinstance(made, str):
            abort(400, made)
        if site.decisions is not None:
            decisions.decide(site.decisions, made)
        site.jobs.decided(number, made)
        page, at = request.form.get("page", "1"), request.form.get("number", "1")
        return redirect(f"/result/{number}/findings?page={quote(page, safe='')}#f{quote(at, safe='')}", 303)


def _job_of(jobs: Jobs, number: str) -> Job:
    job = jobs.get(number)
    if job is None:
        abort(404, "没有这次审核的结果，可能已经清除，请重新提交")
    if job.problem:
        abort(500, job.problem)
    return job


def _done_of(jobs: Jobs, number: str) -> Done:
    done = _job_of(jobs, number).done
    if done is None:
        abort(404, "尚未审核完毕")
    return done


def _file(data: bytes, name: str) -> Response:
    answer = Response(data, content_type=_TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
    if name == "report.html":
        answer.headers["Content-Security-Policy"] = guard.REPORT_POLICY
    else:
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_shown_name(name), safe='')}"
    return answer


def _shown_name(name: str) -> str:
    """The name under which a browser keeps the file."""
    folder, _, last = name.rpartition("/")
    stem, _, kind = last.rpartition(".")
    return f"{stem}（{_FOLDERS[folder]}）.{kind}" if folder in _FOLDERS else f"{_FILES.get(name, stem)}.{kind}"


def _downloads(done: Done) -> list[tuple[str, str]]:
    """Files with what they are, in the order in which people want them."""
    kinds = {"xlsx": "Excel", "json": "JSON"}
    rows = [(name, f"{words}（{kinds[name.rpartition('.')[2]]}）") for name, words in _FILES.items() if name in done.files]
    for folder, words in _FOLDERS.items():
        rows += [(name, f"{words}：{name.partition('/')[2]}") for name in done.files if name.startswith(f"{folder}/")]
    return rows


def _zipped(done: Done) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in done.files.items():
            packed.writestr(name, data)
    return out.getvalue()


# --- the index ---------------------------------------------------------------------------------------------------------------------


def _add_index_pages(app: Flask, register: Register, search: Search) -> None:
    @app.get("/ledger")
    def ledger() -> str:
        return render_template("ledger.html", **ledger_words(register, request.args))

    @app.get("/search")
    def find() -> str:
        words = request.args.get("q", "").strip()[:1000]
        rows = search(words, _MOST_FOUND + 1) if words else []
        return render_template("search.html", words=words, rows=rows[:_MOST_FOUND], more=len(rows) > _MOST_FOUND)
