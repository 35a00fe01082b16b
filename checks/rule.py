"""What a rule is: a frozen value with one function. Rules are discovered in this package; there is no list to edit.

A rule lives in `checks/zxNNNN_slug.py`. Its module docstring is its user page, in Chinese, under `HEADINGS`.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from shenwen.corpus.model import Document, Evidence, Facts, Finding, Fix, Location, Record, Severity, Span
from shenwen.corpus.workdays import Calendar

if TYPE_CHECKING:
    from shenwen.corpus.entries import Entry
    from shenwen.corpus.pairing_tables import Pairing

HEADINGS = ("检查什么", "为什么", "怎样判断", "反例", "正例", "怎样修改", "选项", "依据")


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know beside the draft: the index (None without `--index`), the day of the review, the options in force.

    `options` are `(name, value)` pairs; `ZX2108.name` is for one rule, `name` for every rule that declares it.
    """

    archive: Any | None = None
    today: date | None = None
    options: tuple[tuple[str, Any], ...] = ()
    organisation: str | None = None
    profile: str | None = None
    """省, 市, 县 or 部门: what kind of office the drafts come from, where the draft itself does not say."""
    peers: Pairing | None = None
    """Interpretations paired with their documents among the batch and the index (None where a file is judged alone)."""
    calendar: Calendar | None = None
    """Working days with the office's own additions (None: the national calendar)."""
    draft: Entry | None = None
    """The draft as the archive sees it, made once for all rules that ask one (None without an archive)."""

    def option(self, name: str) -> Any:
        """Value of the rule's option `name`. Raises KeyError for a name that the rule does not declare."""
        return dict(self.options)[name]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule's function yields; the engine adds rule, name, severity, article, path and fingerprint."""

    message: str
    span: Span | None = None
    evidence: tuple[Evidence, ...] = ()
    suggestion: str = ""
    fix: Fix | None = None
    severity: Severity | None = None
    undetermined: bool = False


Check = Callable[[Document, Facts, Context], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `check` gets a document, its facts and a context and yields remarks; `options` are names with default values."""

    id: str
    name: str
    article: str
    severity: Severity
    check: Check
    options: tuple[tuple[str, Any], ...] = ()
    needs_index: bool = False
    needs_peers: bool = False

    @property
    def page(self) -> str:
        """The rule's user page in Chinese: its module's docstring."""
        module = inspect.getmodule(self.check)
        return inspect.cleandoc(module.__doc__ or "") if module else ""


class PluginError(ValueError):
    """A plug-in that cannot be used; the message is for people."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this package, by id, then those of plug-ins. Raises `PluginError` for a plug-in that is no rule."""
    package = importlib.import_module(__package__ or "shenwen.checks")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if re.match(r"zx\d{4}_", module.name))
    own = tuple(importlib.import_module(f"{package.__name__}.{name}").RULE for name in names)
    return own + _plugins({rule.id for rule in own})


def _plugins(taken: set[str]) -> tuple[Rule, ...]:
    """Rules of other distributions: entry points of the group `shenwen.rules`, each a `Rule`."""
    found = []
    for entry in sorted(entry_points(group="shenwen.rules"), key=lambda entry: entry.name):
        try:
            rule = entry.load()
        except Exception as error:  # foreign code may fail in any way; the user must learn which plug-in it was
            raise PluginError(f"规则插件 {entry.name}（{entry.value}）无法加载：{error}") from error
        if not isinstance(rule, Rule):
            raise PluginError(f"规则插件 {entry.name}（{entry.value}）不是一条规则")
        if rule.id in taken:
            raise PluginError(f"规则插件 {entry.name} 的编号 {rule.id} 已被占用")
        taken.add(rule.id)
        found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.id))


def judge(document: Document, facts: Facts, context: Context, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """All findings of the rules on one document, in reading order. A rule that crashes becomes a finding that names it."""
    rules = tuple(rules)
    if context.archive is not None and any(rule.needs_index for rule in rules):
        context = replace(context, draft=_draft(document, facts))
    found = [finding for rule in rules for finding in _apply(rule, document, facts, context)]
    return tuple(sorted(found, key=lambda finding: (finding.location.span or Span(-1, -1), finding.rule)))


def _draft(document: Document, facts: Facts) -> Entry:
    from shenwen.corpus.entries import entry_of

    return entry_of(Record(document, facts), "draft")


def _apply(rule: Rule, document: Document, facts: Facts, context: Context) -> Iterator[Finding]:
    names = {form: name for name, _ in rule.options for form in (name, f"{rule.id}.{name}")}
    options = dict(rule.options) | {names[name]: value for name, value in context.options if name in names}
    own = replace(context, options=tuple(options.items()))
    try:
        remarks = list(rule.check(document, facts, own))
    except Exception as crash:  # a crashing rule must cost neither the document nor the other rules
        remarks = [
            Remark(
                f"规则内部出错，未能完成检查：{type(crash).__name__}: {crash}",
                severity=Severity.ERROR,
                undetermined=True,
            )
        ]
    for remark in remarks:
        yield to_finding(rule, remark, document, facts)


def to_finding(rule: Rule, remark: Remark, document: Document, facts: Facts) -> Finding:
    """What the remark is for people and machines: with its rule, its place and its fingerprint."""
    location = locate(document, facts, remark.span)
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=remark.severity or rule.severity,
        message=remark.message,
        path=document.path,
        article=rule.article,
        location=location,
        evidence=remark.evidence,
        suggestion=remark.suggestion,
        fix=remark.fix,
        fingerprint=fingerprint(rule.id, location.quote or (facts.masthead.title or ""), location.provision),
        undetermined=remark.undetermined,
    )


def locate(document: Document, facts: Facts, span: Span | None) -> Location:
    """The place of a span for people and machines: provision, page, paragraph, line and column (from 1), the words themselves."""
    if span is None:
        return Location()
    provision = next((p.id for p in reversed(facts.provisions) if p.whole.start <= span.start < p.whole.end), None)
    block = next((b for b in reversed(document.blocks) if b.span.start <= span.start), None)
    before = document.text[: span.start]
    return Location(
        span=span,
        provision=provision,
        page=block.anchor.page if block else None,
        paragraph=block.anchor.paragraph if block else None,
        line=before.count("\n") + 1,
        column=span.start - (before.rfind("\n") + 1) + 1,
        quote=document.quote(span),
    )


def fingerprint(rule: str, quote: str, provision: str | None) -> str:
    """Sixteen hex digits that stay when lines move: rule, provision and the words without blanks."""
    words = re.sub(r"\s", "", quote)
    return hashlib.sha256(f"{rule}\0{provision or ''}\0{words}".encode()).hexdigest()[:16]
