"""How long pairing takes as the archive grows: `python tests/benchmarks/bench_pairing.py [SIZE...]`.

Made-up documents, a fifth of them with an interpretation that names its document in one of many ways; titles repeat between
places and years as they do in life. From publications to the rows of `interpretations.jsonl`: prints seconds, documents a second,
precision and recall for each size; then what pairing the same publications takes that lie in an index, and the most that the process
held for itself (RssAnon of Linux).
"""

from __future__ import annotations

import multiprocessing
import random
import re
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path

from bench_scan import held

from shenwen.corpus.entries import Entry
from shenwen.corpus.index import Stored, open_index
from shenwen.corpus.interpretations import ClockOptions, interpretation_rows
from shenwen.corpus.model import DocumentKind
from shenwen.corpus.publications import Publication
from shenwen.corpus.sketches import Sketch
from shenwen.corpus.workdays import Calendar

SYLLABLES = "安北成德东方富高广海河红湖华吉江金九康乐林龙明南宁平庆瑞沙山石水松泰天通望文西新阳永玉元云长中竹"
MATTERS = re.findall(
    r"\w+",
    "河道 校园 预算 市场 诊疗 公路 住房 人才 古树 垃圾 电梯 融资 养老 档案 水源 渔业 种业 会展 冰雪 矿山 桥梁 茶叶 消防 气象",
)
ACTS = re.findall(
    r"\w+",
    "管护 监管 绩效 整治 培训 建设 保障 培育 保护 投放 运行 服务 移交 巡查 检验 补贴 登记 评价 改造 统计 评审 储备 调度 修复",
)
KINDS = ("关于加强{}工作的意见", "关于印发{}管理办法的通知", "关于做好{}的通知", "关于促进{}发展的若干措施", "关于{}的实施方案")
#: Sampled pieces of a document of some 5,000 characters.
PIECES = 600
FORMS = ("《{}》解读", "一图读懂《{}》", "有关负责人就《{}》答记者问", "解读{}", "图解：{}")


def archive(size: int, seed: int = 7) -> tuple[list[Publication], set[tuple[str, str]]]:
    """`size` policies and a fifth as many interpretations, with the true pairs."""
    chance = random.Random(seed)
    places = ["".join(chance.sample(SYLLABLES, 2)) + chance.choice("市县区") for _ in range(max(20, size // 60))]
    items: list[Publication] = []
    truth: set[tuple[str, str]] = set()
    for n in range(size):
        issuer = chance.choice(places) + chance.choice(["人民政府", "人民政府办公室", "财政局", "教育局", "水务局"])
        matter = "".join(chance.choice(MATTERS) + chance.choice(ACTS) for _ in range(chance.choice([1, 1, 2])))
        title = chance.choice(KINDS).format(matter)
        day = date(2019, 3, 1) + timedelta(days=chance.randrange(2000))
        policy = Publication(
            f"p{n:06}.txt",
            issuer + title,
            f"{issuer[:2]}发〔{day.year}〕{n % 400 + 1}号",
            (issuer,),
            DocumentKind.POLICY,
            issued_date=day,
            sketch=Sketch(chance.randbytes(4 * PIECES)),
        )
        items.append(policy)
        if n % 5 == 0:
            text, opening, sketch = _interpretation(chance, policy, title)
            items.append(
                Publication(
                    f"t{n:06}.txt",
                    text,
                    None,
                    (issuer,),
                    DocumentKind.INTERPRETATION,
                    published_date=day + timedelta(days=chance.randrange(20)),
                    opening=opening,
                    sketch=sketch,
                )
            )
            truth.add((policy.path, f"t{n:06}.txt"))
    chance.shuffle(items)
    return items, truth


def _interpretation(chance: random.Random, policy: Publication, title: str) -> tuple[str, str, Sketch]:
    """Title, opening and sketch of an interpretation; one in five names nothing and shares half its text with its document."""
    new = chance.randbytes(4 * PIECES // 4)
    match chance.randrange(5):
        case 0:
            return chance.choice(FORMS).format(policy.title), "", Sketch(new)
        case 1:
            return chance.choice(FORMS).format(title), "", Sketch(new)
        case 2:
            opening = f"近日，{policy.issuers[0]}印发《{title}》（{policy.doc_number}），现就有关问题回答如下。"
            return "新政策问答", opening, Sketch(new)
        case 3:
            return chance.choice(FORMS).format(policy.title.replace("加强", "进一步加强")), "", Sketch(new)
        case _:
            return "图解新政策", "", Sketch(policy.sketch.packed[: len(new)] + new)


def index_of(items: list[Publication], folder: Path) -> None:
    """An index that holds the publications, and of their texts nothing."""
    with open_index(folder, create=True) as index:
        index.add(Stored(Entry(item.path, item.path, item.title, item.doc_number, item.issuers), item) for item in items)


def paired_in(folder: Path) -> tuple[float, float]:
    """Seconds and megabytes that pairing all that an index holds takes. Runs in a process of its own."""
    from shenwen.pipeline.peers import peers_in

    peak = 0

    def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, held("self"))
            time.sleep(0.05)

    with open_index(folder) as index:
        threading.Thread(target=watch, daemon=True).start()
        start = time.process_time()
        peers_in(index, "benchmark").close()
        return time.process_time() - start, peak / 1024


def main() -> None:
    for size in [int(word) for word in sys.argv[1:]] or [12_500, 25_000, 50_000, 100_000]:
        items, truth = archive(size)
        start = time.process_time()
        rows = interpretation_rows(items, Calendar.default(), ClockOptions())
        spent = time.process_time() - start
        found = {(row.policy, row.interpretation) for row in rows if row.interpretation}
        right = len(found & truth)
        print(
            f"{size:>7} documents {spent:6.1f} s {size / spent:8.0f}/s precision {right / len(found):.4f} recall {right / len(truth):.4f}"
        )
        with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("spawn").Pool(1) as pool:
            index_of(items, Path(folder))
            seconds, megabytes = pool.apply(paired_in, (Path(folder),))
        print(f"        {len(items):,} publications of an index: {seconds:.1f} s, {megabytes:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
