"""Click's own words in Chinese: help headings and the messages for wrong usage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import east_asian_width

import click

_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
_PHRASES = (
    (re.compile(r"Show this message and exit\."), "显示本帮助。"),
    (re.compile(r"Show the version and exit\."), "显示版本号。"),
    (re.compile(r"\[default: ([^\]]*)\]"), r"[默认：\1]"),
    (re.compile(r"default: "), "默认："),
    (re.compile(r"\[required\]"), "[必填]"),
    (re.compile(r"required; "), "必填；"),
    (re.compile(r"; (?=[^\[\]]*\])"), "；"),
    (re.compile(r"(?<=[\[； ])(\d+)<=x<=(\d+)(?=\])"), r"\1 至 \2"),
    (re.compile(r"(?<=[\[； ])x>=([\d.]+)(?=\])"), r"不小于 \1"),
)


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Two columns, aligned as a terminal shows them: a Chinese character is two columns wide (click counts one)."""
        table = list(rows)
        left = self.current_indent + col_spacing + max((_width(term) for term, _ in table if _width(term) <= col_max), default=0)
        for term, text in table:
            head = " " * self.current_indent + term
            gap = left - _width(head)
            self.write(head + ("\n" + " " * left if gap < col_spacing else " " * gap))
            self.write(f"\n{'':>{left}}".join(_folded(_phrases(text), self.width - left)) + "\n")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _folded(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; Chinese may break anywhere but before a closing mark, words of Latin letters only at blanks."""
    lines = [""]
    for piece in re.findall(r"[\x21-\x7e]+|.[，。；：、）】”》]*", text):
        if lines[-1] and _width(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] or piece.strip() else ""
    return lines


class ChineseContext(click.Context):
    """The context of every command: only its help formatter differs from click's."""

    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A command within a group."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **settings})


class ChineseGroup(click.Group):
    """A group of commands below the first level."""

    context_class = ChineseContext
    command_class = ChineseCommand


def _phrases(text: str) -> str:
    for pattern, words in _PHRASES:
        text = pattern.sub(words, text)
    return text


def explain(error: click.ClickException) -> str:
    """One line in Chinese for an error of usage; messages of our own pass through."""
    match error:
        case click.MissingParameter(param=param):
            return f"缺少参数：{_name(param)}"
        case click.NoSuchOption(option_name=name):
            return f"没有这个选项：{name}"
        case click.BadParameter(param=param):
            return f"参数 {_name(param)} 的值不对：{_reason(error.message, param)}"
        case click.UsageError():
            return _usage(error.message)
        case _:
            return error.format_message().replace("\n", " ")


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "（未知）"
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _reason(message: str, param: click.Parameter | None) -> str:
    if param is not None and isinstance(param.type, click.Choice):
        return "可选值为 " + "、".join(str(choice) for choice in param.type.choices)
    if re.search("[\u4e00-\u9fff]", message):
        return message
    quoted = re.search(r"'([^']*)'", message)
    return quoted.group(1) if quoted else message


def _usage(message: str) -> str:
    if found := re.search(r"No such command '([^']*)'", message):
        return f"没有这个命令：{found.group(1)}（用 shenwen --help 查看全部命令）"
    if found := re.search(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"多余的参数：{found.group(1)}"
    if found := re.search(r"Option '([^']*)' requires an argument", message):
        return f"选项 {found.group(1)} 后面缺少值"
    return message.replace("\n", " ")
