"""标题: found across lines, read by its grammar: 发文机关 + 关于 + 事由 + 文种 (《党政机关公文处理工作条例》 article 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shenwen.extractors.dates import dates_in
from shenwen.extractors.lines import Line
from shenwen.extractors.masthead.addressees import find_addressees
from shenwen.extractors.masthead.doc_number import number_in_line, order_number
from shenwen.extractors.masthead.document_types import type_of, without_brackets
from shenwen.extractors.masthead.issuers import is_body

_MAX_LINES, _MAX_LENGTH, _HEAD = 10, 220, 40
_SITE = re.compile(r"\s*[-_—|–]+\s*[^-_—|–《》]{2,24}(?:网站?|门户|平台|政府|入口网站|公开)$")
_NUMBERED = re.compile(r"\s*[（(][^（()）]*(?:[〔\[]\d{4}[〕\]]\s*\d+\s*号|令第?\s*\d+\s*号)[）)]$")
_SPACED = re.compile(r"^(?:\S[ 　]+){2,}\S$|(?<![^ ])(?:[\u4e00-\u9fff] +){2,}[\u4e00-\u9fff](?![^ ])")
_PASSAGE = re.compile(
    r"^第[一二三四五六七八九十百\d]+[章节条]|^[一二三四五六七八九十]{1,3}、|^（[一二三四五六七八九十]{1,3}）|^\d{1,2}[.、．]\D"
)
_LABEL = re.compile(
    r"^[•·●◆\-*\s]*(?:【?(?:索引号|信息索引|主题分类|主题词|发文机关|发文机构|发布机构|发布单位|发文单位|制定机关|发文日期|成文日期|发布日期|发布时间|生成日期"
    r"|公开日期|发文字号|文号|文件编号|来源|信息来源|作者|字体|浏览|点击|责任编辑|编辑|时间|日期|有效性|是否有效|体裁分类|组配分类|名称|标题|中文名|文件名称"
    r"|当前位置|您的位置|您现在|首页|更新时间|原文链接|文档类型|公开方式|公开类别|密级|紧急程度|特急|签发人|效力状态|文件类型|分类|关键词|附件|主送)】?\s*\**\s*(?:[:：】]|$|\s))"
)
_FURNITURE = re.compile(
    r"^(?:打印|关闭|收藏|分享[:：]?|扫一扫|【?字号[:：]?|大|中|小|加大|还原|减小|】|[>»]+|政策全文|基本信息|基本介绍|目录|正文|返回|上一篇|下一篇|网站首页|政务公开|政策解读|通知公告|文件"
    r"|标签|.{0,12}>.*|https?:.*|急件|特急|平急|加急|内部资料|\d+|[-=*_\s]+|English"
    r"|代?(?:省长|市长|州长|县长|区长|部长|主席|总理)[\s:：]*[\u4e00-\u9fff·]{2,4}|新华社.{0,12}电.*|文档[ :：].*)$"
)
#: How an adopted text came about, in brackets below its title.
_HISTORY = re.compile(
    r"^[（(](?:(?=.*(?:\d\s*月|月\d|令第|〔|通过|公布|发布|批准|^.关于)).*[）)]$|.{0,40}(?:令第?\d+号|\d日.{0,60}(?:通过|公布|发布)))"
)
_AROUND = re.compile(
    r"打印|关闭窗口|网站地图|字体大小|字体[:：]|复制链接|免责声明|点击次数|责任编辑|文章来源|(?:发布|录入|更新)时间|您现在|您所在|星期[一二三四五六日]|>>"
)
_RED_HEAD = re.compile(r"^(?!.*号文件$)[\u4e00-\u9fff\s（）]{2,40}文\s*件$")
#: A document called by its number among its issuer's of the year (中央一号文件) is no head.
_BY_NUMBER = re.compile(r"^[^〔\[（(]*(?<![第\d])(?:\d{1,3}|[一二三四五六七八九十]{1,3})号文件$")
_ABOUT = re.compile(r"关于|印发|转发|批转|公布|发布|废止|修改|对.{2,40}的(?:答复|批复|复函|决定)")
_EXPLAINS = re.compile(
    r"解读|答记者问|一图读懂|一图看懂|图解|图说|问答|起草说明|编制说明|新闻发布会|吹风会|政策说明|百问百答|明白纸|有关情况的说明"
)


@dataclass(frozen=True, slots=True)
class Title:
    """`text` in the view's words; `start`..`end` in the view; `after` is the number of the first line below it."""

    text: str
    start: int
    end: int
    after: int


def clean(text: str) -> str:
    """A title as people write it: letter-spaced words closed up, site names dropped, one blank at most between words."""
    text = _SITE.sub("", text.replace("**", "").strip().lstrip("】■▲●◆"))
    text = re.sub(r"^[（(]?(?:原标题|标题|题目)[:：]\s*", "", text)
    text = _SPACED.sub(lambda found: re.sub(r"\s", "", found.group()), text)
    return _NUMBERED.sub("", re.sub(r"\s+", " ", text).strip())


def is_passage(line: Line) -> bool:
    """A line of the body: numbered, addressed, or a sentence."""
    text = line.text
    return bool(_PASSAGE.match(text)) or "。" in text or text.endswith(("：", ":", "；")) or len(text) > _MAX_LENGTH


def is_furniture(line: Line) -> bool:
    """A line that cannot be part of a title: labels, numbers, dates, what web pages put around an article."""
    text = line.text
    if (
        _LABEL.match(text)
        or _LABEL.match(line.flat)
        or (_AROUND.search(text) and "关于" not in text.replace("关于我们", ""))
        or _HISTORY.match(text)
        or _FURNITURE.match(text)
        or (number_in_line(text) and _NUMBERED.sub("", text) in ("", text))
        or "\t" in text
        or (text.endswith("文件") and "关于" not in text.replace("关于我们", "") and not _BY_NUMBER.match(text))
    ):
        return True
    bare = line.flat.strip("（）()")
    return any(end - start >= len(bare) - 1 for _, start, end in dates_in(bare)) or bool(order_number(text) and len(text) < 12)


def find_title(lines: Sequence[Line]) -> Title | None:
    """The title among the first lines. Complete titles are preferred to others, the higher to the lower."""
    head = _head(lines)
    first = next((i for i in head if not _RED_HEAD.match(lines[i].flat)), None)
    if first is None:
        return None
    if explains(lines[first].text):
        return _join(lines, first, first + 1)
    kind = type_of(lines[first].text)
    if kind and kind.structured and not order_at(lines, first, 1) and order_at(lines, first):
        return _join(lines, first, first + 1)
    for i in head:
        repeated = i + 1 in head and lines[i + 1].flat.startswith(lines[i].flat)
        if not repeated and (found := _complete(lines, i, set(head))):
            return found
    if order_at(lines, first) or order_at(lines, 0, first + 1):
        return None
    named = next((i for i in head if len(re.findall(r"[\u4e00-\u9fff]", lines[i].text)) >= 5), first)
    return _adopted(lines, head) or _join(lines, named, named + 1)


def _head(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines in which a title may stand: those before the first passage that are no furniture."""
    head: list[int] = []
    for i, line in enumerate(lines[:_HEAD]):
        if is_furniture(line) or _is_crumb(lines, i):
            continue
        if is_passage(line):
            if head or len(line.text) > 60 or find_addressees([line], 0):
                break
            continue
        head.append(i)
    return head


def _is_crumb(lines: Sequence[Line], i: int) -> bool:
    """A step of the path that web pages show above an article (首页 > 要闻 > …)."""
    around = [lines[j].text for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return len(lines[i].text) <= 12 and any(text in (">", "»", "&gt;") for text in around)


#: Words that leave a title open at the end of its line.
_JOINS = re.compile(r"关于|印发|转发|批转|公布|发布|[、和及与]$")


def _complete(lines: Sequence[Line], start: int, head: set[int]) -> Title | None:
    """The shortest run of lines from `start` that is a title by its grammar; one that ends with a legal type goes before
    a shorter one that does not (…执法全过程记录制度 / 重大执法决定法制审核制度的指导意见)."""
    joined, shorter = "", None
    for stop in range(start + 1, min(start + 1 + _MAX_LINES, len(lines) + 1)):
        if stop - 1 not in head:
            break
        joined += clean(lines[stop - 1].text)
        if len(joined) > _MAX_LENGTH:
            break
        if is_complete(joined) and not _goes_on(lines, stop, head, joined):
            kind = type_of(joined)
            begin = _begins(lines, start, stop)
            if kind and kind.legal:
                return _join(lines, begin, stop)
            shorter = shorter or _join(lines, begin, stop)
    return shorter


def _begins(lines: Sequence[Line], start: int, stop: int) -> int:
    """Where the title of `start`..`stop` begins: names of columns and sites above a line that is a title by itself fall away."""
    alone = next((i for i in range(stop - 1, start, -1) if is_complete(clean(lines[i].text))), None)
    if alone is None or alone != stop - 1:
        return start
    above = lines[start:alone]
    bodies = all(is_body(line.text) or _JOINS.search(line.text) for line in above)
    return start if bodies or lines[alone].text.startswith(("的", "和", "及")) else alone


def _goes_on(lines: Sequence[Line], stop: int, head: set[int], joined: str) -> bool:
    """Whether the next line ends the same title (…保密规定》 / 的通知)."""
    if stop not in head:
        return False
    following = lines[stop].flat
    open_quote = joined.count("《") > joined.count("》")
    return (
        open_quote
        or (following.startswith(("的", "》")) and type_of(following) is not None)
        or bool(re.match(r"^（.{2,20}）$", following))
    )


def is_complete(title: str) -> bool:
    """Whether a text has what a title needs: a matter (关于, 印发 …) and a type at its end, outside any book title."""
    if title.count("《") != title.count("》"):
        return False
    outside = re.sub(r"《.*》", "《》", title)
    kind = type_of(outside)
    if kind is None or ("，" in outside and "关于" not in outside):
        return False
    return bool(_ABOUT.search(outside)) and not outside.startswith(("的", "和", "及"))


def explains(title: str) -> bool:
    """Whether a title announces an explanation of another document (解读, 答记者问 …) and is no official document itself."""
    outside = re.sub(r"《.*?》", "《》", title)
    if not _EXPLAINS.search(outside):
        return False
    kind = type_of(outside)
    return (
        kind is None
        or not kind.legal
        or not re.search(r"关于|印发", outside)
        or bool(re.search(r"》.{0,6}(?:解读|答记者问)|[:：]", outside))
    )


def order_at(lines: Sequence[Line], first: int, within: int = 3) -> bool:
    """Whether the document is an order (…令 / 第706号) or a congress's announcement, whose own title is that of what it
    promulgates; `within` is the number of lines looked at from line `first` on."""
    return any(
        re.search(r"令$|令第?.{1,8}号$|人民代表大会(?:常务委员会)?公告$|法院公告$", line.flat) and len(line.flat) < 30
        for line in lines[first : first + within]
    )


def ordering_body(lines: Sequence[Line]) -> str | None:
    """The body that gives an order: `中华人民共和国国务院令` → 国务院."""
    for line in lines[:3]:
        if (found := re.match(r"^(?:中华人民共和国)?([\u4e00-\u9fff]{2,30})令(?:第.{1,8}号)?$", line.flat)) and found[
            1
        ] != "主席":
            return found[1]
    return None


def adopted_title(lines: Sequence[Line], start: int) -> Title | None:
    """The title of an adopted text (条例, 办法 …) near line `start`: short lines that end with its type."""
    for i in range(start, min(start + 12, len(lines))):
        line = lines[i]
        if is_furniture(line):
            continue
        if _PASSAGE.match(line.text):
            return None
        for stop in range(i + 1, min(i + 4, len(lines) + 1)):
            if is_passage(lines[stop - 1]):
                break
            kind = type_of("".join(clean(part.text) for part in lines[i:stop]))
            if kind and not kind.legal:
                return _join(lines, i, stop)
    return None


def _adopted(lines: Sequence[Line], head: list[int]) -> Title | None:
    for i in head:
        text = clean(lines[i].text)
        if type_of(text) and 3 < len(text) <= 60:
            start = i
            while start - 1 in head and len(lines[start - 1].text) <= 30 and not type_of(lines[start - 1].text) and start - 1 > 0:
                start -= 1
            return _join(lines, i, i + 1) if start == i else _join(lines, start, i + 1)
    return None


def _join(lines: Sequence[Line], start: int, stop: int) -> Title:
    """Lines without a blank between them; the issuers of a joint title on lines of their own are kept apart."""
    text, before = "", ""
    for line in lines[start:stop]:
        part = clean(line.text)
        joint = before and not re.search(r"关于|印发|转发", text) and is_body(before) and is_body(part)
        text += (" " if joint else "") + part
        before = part
    return Title(clean(text), lines[start].start, lines[stop - 1].end, stop)


def title_parts(title: str) -> tuple[str, str]:
    """(issuers as written, the rest from 关于/印发/转发/批转/对 on); the first is empty where the title names nobody."""
    found = re.match(
        r"^([\u4e00-\u9fff、 （）“”]{2,80}?)\s*(关于|印发|转发|批转|公布|发布|对[^，]{2,40}的)", without_brackets(title)
    )
    if found is None or not re.search(
        r"(?:政府|办公[厅室]|委员会|[委厅局部署院会处社团行庭办队]|国务院|中央|中心|指挥部|小组|部门|[省市区县州旗乡镇])$",
        found[1].strip(),
    ):
        return "", title
    return found[1].strip(), title[found.end(1) :].strip()
