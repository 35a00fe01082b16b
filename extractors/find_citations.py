"""Citations: 《…》 with the number behind it, bare numbers, the articles named, and what the text does with the cited document.

Titles joined in one list (《…》《…》和《…》) share what is said before the first and behind the last. Lines of a list take
what its lead says (下列文件同时废止：), rows of a table what its heading says. Short names (以下简称《方案》) stand for the document they
were given to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shenwen.corpus.model import Citation, Document, Facts
from shenwen.extractors.dates import WORDED
from shenwen.extractors.masthead.doc_number import numbers_in
from shenwen.extractors.repeal_lists import ended_in_lists

_LONGEST, _LONGEST_LABEL = 160, 40
_BRACKET = re.compile(r"\s*[（(](?=[^\n]{0,100}号)([^（）()\n]{0,60}(?:[（(][^（）()\n]{1,8}[）)][^（）()\n]{0,40}){0,2})[）)]")
_ORDER = re.compile(
    r"[\u4e00-\u9fff]{0,20}?(?:令|公告|通告)\s*(?:(?:19|20)\d\d年)?第?\s*[\d〇一二三四五六七八九十百]+\s*号"
    r"|(?:19|20)\d\d年第\d+号(?:令|公告|通告)?|[\u4e00-\u9fff]{2,10}第\d+号令"
)
_N = "一二三四五六七八九十百零〇\\d"
_ARTICLE = rf"第[{_N}]+条(?:之[一二三四五六])?(?:第[{_N}]+款)?(?:第[（(]?[{_N}]+[）)]?项)?"
_ARTICLES = re.compile(rf"\s*(?:（[^（）\n]{{0,40}}）)?\s*({_ARTICLE}(?:[、和及至]{_ARTICLE}){{0,12}})")
#: Between two titles of one list: a bracket, a comma or 和, and who issued the second.
_JOINT = re.compile(
    r"\s*(?:（[^（）\n]{0,60}）)?\s*(?:[、，和及与或]|以及|及其)*\s*(?!实施|施行|[^《]{0,4}修[正订])"
    rf"(?:[^《》。；：、\n]{{0,20}}(?:{WORDED})?[^《》。；：、\n]{{0,10}}(?:发布|公布|印发|颁布|施行|实施|修订)的)?"
)
_BEFORE = (
    ("repeals", re.compile(r"(?:废止|停止执行|不再执行|宣布失效)(?!的)[^。；《》]{0,12}$")),
    ("amends", re.compile(r"(?:关于|决定)\s*(?:修改|修订|修正)$|^[\s\d一二三四五六七八九十、.]*修[改订]$|调整实施$")),
    (
        "forwards",
        re.compile(r"(?:转发|印发|批转|公布|发布)(?!的|实施)[^。；《》的]{0,16}$|(?:^|[，。；：])[现特]?将[^。；《》]{0,12}$"),
    ),
    ("implements", re.compile(r"(?:根据|按照|依据|依照|遵照|遵循|贯彻|落实|执行|实施|遵守)(?!的)[^。；，：《》]{0,24}$|按$")),
    ("interprets", re.compile(r"解读[\s:：|｜]*$")),
)
_SINCE = r"(?:[，、]?(?:自|从)[^。；《》]{0,24}(?:之日起|日起|起))?[，、]?"
_ENDS = r"(?:现)?(?:同时|一并|予以|即行|即|自行|相应|均|也|宣布)*(?:废止|停止执行|停止施行|不再执行|失效)"
_AFTER = (
    ("cites", re.compile(r"(?:[^。；，《》]{0,20}的决定)?(?:第[一二三四五六七八九十]+次)?修[正订改](?!为)")),
    ("repeals", re.compile(rf"(?:等[^。；，《》]{{0,14}})?{_SINCE}{_ENDS}")),
    ("amends", re.compile(r"[^。；，《》]{0,10}?(?:作(?:出|如下|以下)[^。；，]{0,4}修[改订]|修改为|予以修[改正]|作?如下修改)")),
    ("interprets", re.compile(r"的?(?:政策)?(?:解读(?!工作|和|、)|答记者问|起草说明|编制说明)|[^。；，《》]{0,24}的解释")),
    (
        "forwards",
        re.compile(
            r"(?:（[^）]{0,40}）)?[^。；《》]{0,40}?(?:现?(?:转发|印发)给?你们|现予?(?:以)?(?:公布|发布|印发))"
            r"|[^。；《》]{0,12}已经?[^。；《》]{2,40}(?:同意|通过)，现"
        ),
    ),
)
_ENACTS = re.compile(r"(?:等[^。；，《》]{0,20})?的?(?:通知|公告|通告|决定|命令|函|批复)")
_OF_OTHERS = re.compile(r"正在|抓紧|适时|加快|尽快|研究|推动|组织|提出|建议")
#: Certificates stand in the same brackets and are no documents one can cite.
_CERTIFICATE = re.compile(r"(?:证书?|证明|执照)》$")
_ALIAS = re.compile(r"(?:以下|下)?(?:统称|简称)(?:为|“)?$")
_ITEM = re.compile(r"[\s\d一二三四五六七八九十、.．（）()①-⑳]*")
_LEAD = (
    ("repeals", re.compile(r"废止|失效|停止执行")),
    ("amends", re.compile(r"修改|修订")),
)


@dataclass(slots=True)
class _Mention:
    """A title in the view: `start`..`end` with brackets, `stop` behind number and article."""

    start: int
    end: int
    stop: int
    number: str | None
    article: str | None
    role: str = "cites"


def find_citations(document: Document, facts: Facts) -> Facts:
    """Reads: view, masthead, inner. Writes: citations, in the order of the text."""
    text, view = facts.view.text, facts.view
    mentions, aliases = _mentions(text)
    _judge(text, mentions, _title_range(facts))
    own = _plain(facts.masthead.title or "")
    rows = []
    for mention in mentions:
        title = _plain(text[mention.start + 1 : mention.end - 1])
        title = aliases.get(title, title)
        if title != own or mention.role != "cites":
            rows.append(Citation(view.source(mention.start, mention.stop), title, mention.number, mention.article, mention.role))
    ended = list(ended_in_lists(text))
    rows += [Citation(view.source(row.start, row.end), row.title, row.number, None, "repeals") for row in ended]
    rows += _bare(facts, [*((row.start, row.end) for row in ended), *((each.start, each.stop) for each in mentions)])
    return replace(facts, citations=tuple(sorted(rows, key=lambda row: row.span)))


def _mentions(text: str) -> tuple[list[_Mention], dict[str, str]]:
    """All titles but those that only give a short name, and the short names with what they stand for."""
    mentions: list[_Mention] = []
    aliases: dict[str, str] = {}
    for start, end in _titles(text):
        if mentions and _ALIAS.search(text, max(0, start - 8), start):
            last = mentions[-1]
            if start - last.end <= 80:
                aliases[_plain(text[start + 1 : end - 1])] = _plain(text[last.start + 1 : last.end - 1])
                continue
        number, stop = _number_behind(text, end)
        article = _ARTICLES.match(text, stop)
        mentions.append(_Mention(start, end, article.end() if article else stop, number, article[1] if article else None))
    return mentions, aliases


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Outermost 《…》 on one line; an unclosed one is passed over."""
    at = text.find("《")
    while at >= 0:
        end = _closing(text, at)
        if end and end - at > 3 and not _CERTIFICATE.search(text, end - 4, end):
            yield at, end
        at = text.find("《", end or at + 1)


def _closing(text: str, start: int) -> int | None:
    if text.find("》", start, start + _LONGEST) < 0:
        return None
    depth = 0
    for i in range(start, min(start + _LONGEST, len(text))):
        char = text[i]
        if char == "《":
            depth += 1
        elif char == "》":
            depth -= 1
            if depth == 0:
                return i + 1
        elif char == "\n":
            return None
    flat = text.find("》", start, start + _LONGEST)
    return flat + 1 if flat > 0 else None


def _plain(title: str) -> str:
    return re.sub(r"\s+", " ", title).replace("〈", "《").replace("〉", "》").strip()


def _number_behind(text: str, end: int) -> tuple[str | None, int]:
    """The number in brackets right behind a title, and where the citation ends."""
    found = _BRACKET.match(text, end)
    if found is None:
        return None, end
    if numbers := numbers_in(text, found.start(1), found.end(1)):
        return numbers[0][0], found.end()
    order = _ORDER.search(found[1])
    return (re.sub(r"\s", "", order.group()), found.end()) if order else (None, end)


def _title_range(facts: Facts) -> tuple[int, int]:
    span = facts.masthead.title_span
    return facts.view.range(span) if span else (0, 0)


def _judge(text: str, mentions: Sequence[_Mention], title: tuple[int, int]) -> None:
    """Sets the role of every mention: by the words around its list, else by the lead of the lines it stands in."""
    lead, lead_end = "cites", 0
    for group in _groups(text, mentions):
        first, last = group[0], group[-1]
        role = _role(*_context(text, first.start, last.stop, title))
        line = _item_start(text, first.start)
        if line is None:
            lead, lead_end = "cites", first.start
        else:
            lead, lead_end = _lead(text, lead_end, line) or lead, line
            role = lead if role == "cites" else role
        for mention in group:
            mention.role = role


def _item_start(text: str, at: int) -> int | None:
    """Where the line begins that `at` opens, but for a label; None within a sentence."""
    line = text.rfind("\n", max(0, at - _LONGEST_LABEL), at) + 1
    return line if (line or at <= _LONGEST_LABEL) and _ITEM.fullmatch(text, line, at) else None


def _groups(text: str, mentions: Sequence[_Mention]) -> Iterator[list[_Mention]]:
    group: list[_Mention] = []
    for mention in mentions:
        if group and not _JOINT.fullmatch(text, group[-1].stop, mention.start):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _lead(text: str, start: int, end: int) -> str | None:
    """What the last line between `start` and `end` that leads a list (…：, or a heading) says of its items; None without one."""
    said: str | None = None
    for line in text[max(start, end - 400) : end].split("\n"):
        bare = line.strip()
        if bare.endswith(("：", ":", "目录", "清单", "文件")):
            said = next((role for role, pattern in _LEAD if pattern.search(bare)), "cites")
        elif bare.endswith("。"):
            said = "cites"
    return said


def _role(before: str, after: str) -> str:
    """What the words before and behind a list of titles say of it. Verbs of issue and change count where they are acts of
    this document: in a title (关于印发《…》的通知) or with 现; elsewhere they tell what others did."""
    if found := next((role for role, pattern in _AFTER if pattern.match(after)), None):
        return found
    near = [(match.start(), role) for role, pattern in _BEFORE if (match := pattern.search(before))]
    found = max(near)[1] if near else "cites"
    if found == "forwards":
        return found if _ENACTS.match(after) or re.search(r"现|^.{0,4}将", before) else "cites"
    if found == "repeals" and re.match(r"中|第", after):
        return "amends"
    return "cites" if found == "amends" and _OF_OTHERS.search(before) else found


def _context(text: str, start: int, stop: int, title: tuple[int, int]) -> tuple[str, str]:
    """What stands before and behind on the same line; within the document's own title, across its lines."""
    before, after = text[max(0, start - 36) : start], text[stop : stop + 64]
    if title[0] <= start and stop <= title[1]:
        return text[title[0] : start].replace("\n", ""), text[stop : title[1]].replace("\n", "")
    return before.rpartition("\n")[2], after.partition("\n")[0]


def _bare(facts: Facts, taken: Sequence[tuple[int, int]]) -> Iterator[Citation]:
    """Numbers without a title, except the document's own and those within what was taken."""
    waiting = iter(sorted(taken))
    current = next(waiting, None)
    for number, start, end in numbers_in(facts.view.text):
        while current and current[1] <= start:
            current = next(waiting, None)
        if number != facts.masthead.doc_number and not (current and current[0] <= start):
            yield Citation(
                facts.view.source(start, end), None, number, None, _role(*_context(facts.view.text, start, end, (0, 0)))
            )
