"""How many documents of 3,000 characters a core reads per second, stage by stage, beside other readers of the same text.

    python tests/benchmarks/bench_extract.py [FOLDER_OF_TXT] [--others]

Without a folder it makes its own text. `--others` also times jionlp's time extraction and a jieba + spaCy ruler (if installed).
Best of five runs, processor time. Quote ratios, not absolutes: machines differ.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path

from shenwen.corpus.model import Document, Facts
from shenwen.extractors.find_facts import find_facts, find_view
from shenwen.extractors.obligations.find_obligations import find_obligations
from shenwen.extractors.read import read_bytes

SIZE = 3000
PARAGRAPH = (
    "（{n}）完善巡查制度。各乡镇要建立第{n}批河道台账，明确责任人，定期开展巡查，对发现的问题及时整改。县水利局应当在收到报告后{n}个工作日内"
    "组织核查，核查结果报县政府；逾期未整改的，由县水利局会同有关部门予以通报。任何单位不得擅自占用河道，确需占用的，可以申请临时许可。"
    "鼓励村民参与巡河护河，对成效明显的村，在安排补助资金时给予倾斜。到2027年，水质达标率达到9{m}%以上。（县水利局、县财政局负责）\n"
)


def own_texts() -> list[str]:
    """Twenty texts of some 3,000 characters, no two alike."""
    texts = []
    for number in range(20):
        rows = (PARAGRAPH.format(n=number * 17 + row, m=row % 10) for row in range(18))
        texts.append(f"某县人民政府关于第{number}号河道管护工作的意见\n各乡镇人民政府：\n一、工作任务\n{''.join(rows)}")
    return texts


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of five runs, after one to warm up."""
    work()
    times = []
    for _ in range(5):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def stages(texts: list[str]) -> dict[str, Callable[[], object]]:
    documents = [document for text in texts if isinstance(document := read_bytes("x.txt", text.encode()), Document)]
    seen = [(document, find_view(document, Facts())) for document in documents]
    plain = [re.compile(p) for p in ("应当|必须|不得|严禁", r"\d+个工作日", "(?:建立|健全|完善|加强)[^，。]+")]
    return {
        "three plain patterns": lambda: [pattern.findall(text) for text in texts for pattern in plain],
        "normalised view": lambda: [find_view(document, Facts()) for document in documents],
        "obligations and owners": lambda: [find_obligations(document, facts) for document, facts in seen],
        "all finders": lambda: [find_facts(document) for document in documents],
    }


def others(texts: list[str]) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    try:
        import jionlp

        found["jionlp: time extraction"] = lambda: [jionlp.ner.extract_time(text) for text in texts[:3]]
    except ImportError:
        print("jionlp is not installed")
    try:
        import spacy

        language = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
        ruler = language.add_pipe("span_ruler")
        ruler.add_patterns([{"label": "M", "pattern": word} for word in ("应当", "必须", "不得", "严禁", "可以", "鼓励")])  # type: ignore[attr-defined]
        found["jieba + spaCy ruler"] = lambda: [language(text) for text in texts[:3]]
    except ImportError:
        print("spaCy or jieba is not installed")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--others", action="store_true")
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.glob("*.txt"))] if options.folder else own_texts()
    for name, work in stages(texts).items():
        size = sum(map(len, texts)) / SIZE
        print(f"{name:28}{size / best(work):10.0f} documents of {SIZE} characters per second")
    for name, work in (others(texts) if options.others else {}).items():
        size = sum(map(len, texts[:3])) / SIZE
        print(f"{name:28}{size / best(work):10.0f}")


if __name__ == "__main__":
    main()
