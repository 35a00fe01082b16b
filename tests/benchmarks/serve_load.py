"""The local page under load: many uploads at once, then steady reading. Prints sums; exit status 1 where a request failed.

    python tests/benchmarks/serve_load.py [--uploads 20] [--megabytes 5] [--rate 200] [--seconds 60]

The server is a process of its own, as users start it. Each upload is a Word file with a picture of that size. Reading goes round
the first page, results, findings, the report, a sheet, search and the ledger, spread evenly over time on kept connections.
"""

from __future__ import annotations

import argparse
import io
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from docx import Document

WORDS = """云川市人民政府办公室关于做好河道清淤工作的通知
云政办发〔2026〕8号
各县（区）人民政府：
一、市水务局应当于2026年5月31日前完成清淤方案编制。
二、各县（区）人民政府应当尽快完成清淤任务。
云川市人民政府办公室
2026年4月1日"""
READERS = 16


def word_file(size: int) -> bytes:
    """A Word file of about so many bytes, most of them a picture's."""
    made = Document()
    for line in WORDS.splitlines():
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/media/image1.png", secrets.token_bytes(size))
    return out.getvalue()


def ask(port: int, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body, {"Content-Type": kind} if kind else {})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read()
    finally:
        connection.close()


def uploaded(port: int, token: str, name: str, data: bytes) -> str:
    """Hand a file in and wait for its result; the address of that. Raises RuntimeError."""
    mark = secrets.token_hex(16)
    head = f'--{mark}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n'
    head += f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{mark}--\r\n".encode()
    status, place, page = ask(port, "POST", "/review", body, f"multipart/form-data; boundary={mark}")
    if status != 303:
        raise RuntimeError(f"{status} {page[-300:].decode(errors='replace')}")
    while True:
        status, _, page = ask(port, "GET", place)
        if status != 200:
            raise RuntimeError(f"{status} {page[-300:].decode(errors='replace')}")
        if b"report.html" in page:
            return place
        time.sleep(0.1)


def read(port: int, paths: list[str], rate: float, seconds: float) -> tuple[Counter[str], list[float]]:
    """Ask for the paths in turn at this rate; what came back, and how long each took in seconds."""
    outcome: Counter[str] = Counter()
    times: list[float] = []
    lock = threading.Lock()
    start, total = time.monotonic(), int(rate * seconds)

    def reader(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(first, total, READERS):
            time.sleep(max(0.0, start + number / rate - time.monotonic()))
            begun = time.monotonic()
            try:
                connection.request("GET", paths[number % len(paths)])
                answer = connection.getresponse()
                answer.read()
                said = str(answer.status)
            except (OSError, HTTPException) as error:
                said = type(error).__name__
                connection.close()
            with lock:
                outcome[said] += 1
                times.append(time.monotonic() - begun)

    threads = [threading.Thread(target=reader, args=(first,)) for first in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{sum(outcome.values())} 次读取，用时 {time.monotonic() - start:.1f} 秒")
    return outcome, sorted(times)


def load(port: int, options: argparse.Namespace) -> bool:
    """Whether everything went well."""
    token = re.search(r'name="token" value="([^"]+)"', ask(port, "GET", "/")[2].decode())
    assert token
    data = word_file(options.megabytes << 20)
    begun = time.monotonic()
    with ThreadPoolExecutor(options.uploads) as pool:
        handed = [pool.submit(uploaded, port, token[1], f"稿{n}.docx", data) for n in range(options.uploads)]
        failed = [str(error) for each in handed if (error := each.exception())]
    took = time.monotonic() - begun
    print(f"{options.uploads} 个 {options.megabytes} MB 的文件同时上传、审核：{took:.1f} 秒，失败 {len(failed)} {failed[:1]}")
    places = [each.result() for each in handed if not each.exception()]
    paths = ["/", "/ledger", "/search?q=%E9%80%9A%E7%9F%A5", "/static/page.css"]
    paths += [place + name for place in places[:4] for name in ("", "findings", "report.html", "findings.xlsx")]
    outcome, times = read(port, paths, options.rate, options.seconds)
    print(
        f"结果 {dict(outcome)}；中位 {times[len(times) // 2] * 1000:.1f} 毫秒，99% {times[int(len(times) * 0.99)] * 1000:.1f} 毫秒"
    )
    return not failed and set(outcome) == {"200"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uploads", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=5)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        issued = Path(folder) / "已发"
        issued.mkdir()
        (issued / "清淤.txt").write_text(WORDS, encoding="utf-8")
        shenwen = [str(Path(sys.executable).with_name("shenwen"))]
        subprocess.run([*shenwen, "index", "add", str(issued), "--index", f"{folder}/索引"], check=True, capture_output=True)
        command = [*shenwen, "serve", "--port", "0", "--index", f"{folder}/索引"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
            try:
                found = re.search(r":(\d+)/", (serving.stdout or io.StringIO()).readline())
                assert found
                well = load(int(found[1]), options)
            finally:
                serving.terminate()
    sys.exit(not well)


if __name__ == "__main__":
    main()
