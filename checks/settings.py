"""`shenwen.toml`: which rules run on which files, their options, whose office this is.

Goes in: the file's text. Comes out: `Settings`. Raises `SettingsError` for anything that is not understood.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from shenwen.checks.rule import Rule, all_rules
from shenwen.corpus.model import Finding, Severity

FILE_NAME = "shenwen.toml"
#: What a register of the office's own may say of a file.
METADATA_FIELDS = (
    "path",
    "title",
    "doc_number",
    "issuers",
    "issued_date",
    "published_date",
    "publicity",
    "interprets",
    "address",
)
#: What one file may cost: sizes in bytes, counts, time in seconds.
LIMITS = ("file_bytes", "member_bytes", "total_bytes", "ratio", "members", "pages", "tags", "nesting", "seconds")
PROFILES = ("省", "市", "县", "部门")


class SettingsError(ValueError):
    """A setting that cannot be followed; the message is one line for people."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`select` and `ignore` hold rule ids or their beginnings (`ZX21`); `per_file` pairs a file pattern with what it ignores."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: tuple[tuple[str, tuple[str, ...]], ...] = ()
    options: tuple[tuple[str, Any], ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    organisation: str | None = None
    profile: str | None = None
    fail_on: str | None = None
    index: str | None = None
    calendar: str | None = None
    """A file of working days beside the national calendar: a province's extra days, a year just announced."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Our fields with the headings that the office's own register has for them (`--metadata`)."""

    ocr: bool = False
    """Whether the text of scans and pictures is recognised (the extra `ocr`)."""

    limits: tuple[tuple[str, float], ...] = ()
    """What one file may cost, where that is not the default: names of `Limits`."""

    def rules(self) -> tuple[Rule, ...]:
        """The rules that run, in order of their ids."""
        chosen = [rule for rule in all_rules() if not self.select or rule.id.startswith(self.select)]
        return tuple(rule for rule in chosen if not rule.id.startswith(self.ignore or "\0"))

    def wanted(self, finding: Finding) -> bool:
        """Whether a finding of this file is to be shown."""
        return not any(
            finding.rule.startswith(rules)
            for pattern, rules in self.per_file
            if fnmatch(finding.path, pattern) or fnmatch(finding.path, f"*/{pattern}")
        )

    def graded(self, finding: Finding) -> Finding:
        """The finding with the severity that the settings give its rule; a crash and a failing check keep theirs."""
        severity = dict(self.severities).get(finding.rule)
        return finding if severity is None or finding.undetermined else replace(finding, severity=severity)


def check_rule_names(names: Iterable[str], source: str) -> tuple[str, ...]:
    """The names, if each is a rule or the beginning of one. Raises SettingsError, which names `source`."""
    known = [rule.id for rule in all_rules()]
    given = tuple(part.strip().upper() for name in names for part in name.replace("，", ",").split(",") if part.strip())
    for name in given:
        if not any(rule.startswith(name) for rule in known):
            raise SettingsError(f"{source}：没有编号为 {name} 的规则，全部规则见 shenwen rules")
    return given


def find_settings(folder: Path) -> Path | None:
    """The nearest `shenwen.toml`, in the folder or above it."""
    return next((path for above in (folder, *folder.parents) if (path := above / FILE_NAME).is_file()), None)


def load_settings(path: Path) -> Settings:
    """Settings from a file. Raises SettingsError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"无法打开设置文件 {path}：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"设置文件 {path} 不是 UTF-8 编码") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"设置文件 {path} 格式有误：{error}") from error
    return _settings(table, str(path))


def _settings(table: dict[str, Any], source: str) -> Settings:
    kinds: dict[str, type] = {"select": list, "ignore": list, "per_file": dict, "rules": dict, "metadata": dict, "limits": dict}
    kinds |= {"ocr": bool} | dict.fromkeys(("organisation", "profile", "fail_on", "index", "calendar"), str)
    for name, value in table.items():
        if name not in kinds:
            raise SettingsError(f"{source}：没有名为 {name} 的设置")
        if not isinstance(value, kinds[name]):
            raise SettingsError(f"{source}：{name} 的类型应为{_TYPE_NAMES[kinds[name]]}")
    _one_of(table.get("profile"), PROFILES, "profile", source)
    _one_of(table.get("fail_on"), (*Severity, "never"), "fail_on", source)
    options, severities = _rule_options(table.get("rules", {}), source)
    return Settings(
        select=_names(table.get("select", []), source),
        ignore=_names(table.get("ignore", []), source),
        per_file=tuple((pattern, _names(rules, source)) for pattern, rules in table.get("per_file", {}).items()),
        options=options,
        severities=severities,
        metadata=_headings(table.get("metadata", {}), source),
        ocr=table.get("ocr", False),
        limits=_limits(table.get("limits", {}), source),
        **{name: table.get(name) for name in ("organisation", "profile", "fail_on", "index", "calendar")},
    )


_TYPE_NAMES = {list: "列表", dict: "表", str: "文字", int: "整数", float: "数字", bool: "true 或 false", tuple: "列表"}


def _names(value: Any, source: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise SettingsError(f'{source}：规则编号应写成列表，例如 ["ZX2103"]')
    return check_rule_names(value, source)


def _headings(table: dict[str, Any], source: str) -> tuple[tuple[str, str], ...]:
    for name, heading in table.items():
        if name not in METADATA_FIELDS or not isinstance(heading, str):
            raise SettingsError(f'{source}：[metadata] 应写成 栏目 = "表头"，栏目为 {"、".join(METADATA_FIELDS)} 之一：{name}')
    return tuple(table.items())


def _limits(table: dict[str, Any], source: str) -> tuple[tuple[str, float], ...]:
    for name, value in table.items():
        if name not in LIMITS or type(value) not in (int, float) or value <= 0:
            raise SettingsError(f"{source}：[limits] 应写成 名称 = 正数，名称为 {'、'.join(LIMITS)} 之一：{name}")
        if type(value) is float and name != "seconds":
            raise SettingsError(f"{source}：limits.{name} 应为整数")
    return tuple(table.items())


def _one_of(value: str | None, allowed: Iterable[str], name: str, source: str) -> None:
    if value is not None and value not in tuple(allowed):
        raise SettingsError(f"{source}：{name} 应为 {'、'.join(allowed)} 之一，不是“{value}”")


def _rule_options(tables: dict[str, Any], source: str) -> tuple[tuple[tuple[str, Any], ...], tuple[tuple[str, Severity], ...]]:
    options: list[tuple[str, Any]] = []
    severities: list[tuple[str, Severity]] = []
    known = {rule.id: rule for rule in all_rules()}
    for name, table in tables.items():
        if name not in known or not isinstance(table, dict):
            raise SettingsError(f"{source}：[rules.{name}] 不是一条规则，全部规则见 shenwen rules")
        for key, value in table.items():
            if key == "severity":
                _one_of(value, tuple(Severity), f"rules.{name}.severity", source)
                severities.append((name, Severity(value)))
            else:
                options.append((f"{name}.{key}", _option(known[name], key, value, source)))
    return tuple(options), tuple(severities)


def _option(rule: Rule, key: str, value: Any, source: str) -> Any:
    """The value, if the rule has such an option and the value is of the default's type (a list stands for a tuple)."""
    defaults = dict(rule.options)
    if key not in defaults:
        raise SettingsError(f"{source}：规则 {rule.id} 没有选项 {key}")
    value = tuple(value) if isinstance(value, list) else value
    wanted = type(defaults[key])
    number = wanted is float and type(value) is int
    if defaults[key] is not None and type(value) is not wanted and not number:
        raise SettingsError(f"{source}：rules.{rule.id}.{key} 的类型应为{_TYPE_NAMES.get(wanted, wanted.__name__)}")
    return value
