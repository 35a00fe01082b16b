"""Which pieces of a page are the article, and what the page says of it around it.

By content: the article is the deepest container that holds most of the page's prose (text outside links). Known names of article
containers on government sites help where an article is short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from shenwen.extractors.html_pieces import Page, Piece
from shenwen.extractors.masthead.metadata import FIELDS

#: Ids and classes, in lower case, that content systems of government sites (TRS, UCAP, 大汉, 开普, Discuz) give to the article.
_NAMED = re.compile(
    r"#(?:ucap-content|zoom\w*|artibody|article\w*|newscontent|news_?content|js_content|readme|postmessage_\d+)\b"
    r"|\.(?:[^#]*\s)?(?:trs_\w+|custom_unionstyle|pages_content|view trs\w*|article[-_]?(?:content|con|body)|art_con|news_?con\w*"
    r"|content_?text|entry-content|markdown-body|t_f|rich_media_content|bt-content)(?=\s|$)"
)
_KEPT = 0.8
_NAMED_KEPT = 0.4
_SENTENCE = re.compile(r"[。；！？，、：]")
_NAMES = sorted({name for names in FIELDS.values() for name in names if not name.isascii()} | {"日期", "时间", "作者"}, key=len)
_NAME = "|".join("[\\s\u3000\xa0]*".join(name) for name in reversed(_NAMES))
_BLANK = r"[\s\u3000\xa0]"
_PAIR = re.compile(
    rf"({_NAME}){_BLANK}*[:：]{_BLANK}*(.*?)"
    rf"(?={_BLANK}*(?:{_NAME}){_BLANK}*[:：]|[\s\u3000\xa0|｜]+[\u4e00-\u9fff][\u4e00-\u9fff\s\u3000]{{1,7}}[:：]|[【\[]|{_BLANK}{{3,}}|$)"
)
#: A name and not a value: 来源： 访问量：199.
_OTHER_NAME = re.compile("[\u4e00-\u9fff]{2,8}[:：]")
#: What sites put around an article: paths, buttons, counters, footers. Each of these begins with a plain character, which the
#: search can leap to.
_FURNITURE = re.compile(
    r"当前位置|现在位置|所在位置|首\s*页\s*[>＞|｜]|上一[篇条]|下一[篇条]|分享到|分享[:：]|大\s*中\s*小|浏览(?:次数|量)|阅读次数|点击(?:数|率|次数)"
    r"|编辑[:：]|责任编辑|字[号体]|ICP备|版权所有|主办单位|承办单位|技术支持|网站标识码|公网安备|转[载摘]声明|扫一扫|TOP$|返回顶部"
    r"|相关(?:文章|链接|新闻|信息|阅读)|使用帮助|网站地图|联系我们|设为首页|加入收藏|信息来源"
)
_BUTTON = re.compile(r"[\s\[【]*(?:我要)?(?:打印|关闭|收藏|纠错|返回|字号|字体|推荐给好友)")
#: A line of counters and buttons below a title.
_COUNTER = r"(?:次数|量|数|率)[\s\xa0]*[:：]"
_BAR = re.compile(
    rf"浏览{_COUNTER}|阅读{_COUNTER}|访问{_COUNTER}|点击{_COUNTER}|人气[:：]|打印(?:本页)?\W*关闭"
    r"|字[号体][\s:：\xa0\u3000]*[\[【]?[\s\xa0]*(?:特大|大|小|默认)"
)
#: The foot of a site, which is no part of any article.
_FOOT = re.compile("ICP备|icp备|版权所有|Copyright|COPYRIGHT|copyright|公安备案|公网安备|网站标识码")
_FOOT_PIECES = 8
_CLAUSE = re.compile("[，。；]")
#: What a site says of itself or of the article.
_SITE = re.compile("本网|本站|转载|版权")
#: What ends a document: its annexes and its date.
_LAST_LINES = re.compile(r"[\s\xa0\u3000]*(?:附件|[一二12][\d一二三四五六七八九十〇○零OＯ0０]{3}年[^。]{2,6}日[\s\xa0\u3000]*$)")
_CELL_NAME = re.compile(rf"^[【\[]?({_NAME})[】\]]?[\s\u3000\xa0]*[:：]?$")
_TITLE_CLASS = re.compile(r"title|\bbt\b|\btit\b|headline|subject", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"(?:通知|意见|决定|决议|公告|通告|通报|办法|规定|细则|条例|方案|规划|计划|批复|函|令|纲要|要点|报告|目录|标准|解读|问答|答记者问|议案|请示|纪要|公报|规则|制度|政策)"
    r"(?:[（(〔【].*)?$"
)


@dataclass(frozen=True, slots=True)
class Article:
    """`first`..`last` (excluded) are the numbers of the article's pieces, `records` those of them that are no part of its text but
    the page's own metadata; `title` is set where it stands outside of the article.
    """

    first: int
    last: int
    records: frozenset[int]
    title: str | None
    metadata: tuple[tuple[str, str], ...]


def find_article(page: Page) -> Article:
    """The article of a page; the whole page where nothing stands out."""
    pieces = page.pieces
    first, last = _range(page)
    around = (*pieces[:first], *pieces[last : last + 12])
    said = [pair for piece in around if piece.cells or "：" in piece.text or ":" in piece.text for pair in _pairs_of(piece)]
    head = {number: list(_pairs_of(pieces[number])) for number in range(first, min(first + 12, last))}
    records = [number for number, pairs in head.items() if _is_record(pieces[number], pairs)]
    said += [pair for number in records for pair in head[number]]
    return Article(first, last, frozenset(records), _title(page, first, last), tuple(pair for pair in said if pair[1]))


def _is_record(piece: Piece, pairs: Sequence[tuple[str, str]]) -> bool:
    """A row or line of the page's own metadata (索引号 | … | 主题分类 | …) or counters."""
    if piece.cells:
        named = max(sum(1 for cell in piece.cells if _CELL_NAME.match(cell)), len(pairs))
        return named >= 1 and named * 2 >= sum(1 for cell in piece.cells if cell)
    return len(piece.text) < 200 and ((len(pairs) >= 2 and any(value for _, value in pairs)) or _is_bar(piece.text))


def _is_bar(text: str) -> bool:
    return "。" not in text and bool(_BAR.search(text))


def _pairs_of(piece: Piece) -> Iterator[tuple[str, str]]:
    """`(name, value)` pairs of a row whose cells are names and values by turns, or of a line such as 来源：… 日期：…

    A name that another follows at once has the value "".
    """
    if piece.cells:
        names = [_CELL_NAME.match(cell) for cell in piece.cells]
        for name, value, other in zip(names, piece.cells[1:], names[1:], strict=False):
            if name and value and not other:
                yield _flat(name[1]), value
    for cell in piece.cells or (piece.text,):
        if len(cell) < 300 and ("：" in cell or ":" in cell):
            end = 0
            for found in _PAIR.finditer(cell):
                joined = found.start() != end and re.match("[\u4e00-\u9fff]", cell[found.start() - 1])
                end = found.end()
                if not joined:
                    value = found[2].strip(" \xa0\u3000|｜")
                    yield _flat(found[1]), "" if _OTHER_NAME.match(value) else value


def _range(page: Page) -> tuple[int, int]:
    pieces, weights = page.pieces, _weights(page)
    if not weights[0]:
        return 0, len(pieces)
    container = _heaviest(page, weights)
    end = page.end(container)
    inside = [number for number, piece in enumerate(pieces) if container <= piece.container < end]
    first, last = inside[0], inside[-1] + 1
    while container:
        container = page.parents[container]
        end = page.end(container, end)
        before, behind = first, last
        while before and pieces[before - 1].container >= container:
            before -= 1
        while behind < len(pieces) and pieces[behind].container < end:
            behind += 1
        if not _go_on(pieces[before:first], pieces[last:behind], alone=last - first == 1):
            break
        first, last = before, behind
    return _trimmed(pieces, first, last)


def _go_on(before: Sequence[Piece], behind: Sequence[Piece], alone: bool) -> bool:
    """Whether what stands around the core of an article in the next container is part of it, too: sentences, not links.

    `alone`: the core is a single line, which no article is.
    """
    beside = [*before, *behind]
    if 4 * sum([piece.linked for piece in beside]) > sum([len(piece.text) for piece in beside]):
        return False
    if not beside or alone:
        return True
    return any(map(_is_prose, beside)) or any(_LAST_LINES.match(piece.text) for piece in behind)


def _is_prose(piece: Piece) -> bool:
    """A sentence that is the document's and not the site's."""
    sentence = len(piece.text) >= 24 and not piece.cells and _CLAUSE.search(piece.text)
    return bool(sentence) and not _SITE.search(piece.text) and not _is_furniture(piece)


def _weights(page: Page) -> list[int]:
    """The prose in each container: characters outside of links, a third of those of a line that is no sentence."""
    weights = [0] * len(page.parents)
    for piece in page.pieces:
        own = len(piece.text) - piece.linked
        if own >= 6 and own >= piece.linked:
            whole = own >= 24 or piece.cells or _SENTENCE.search(piece.text)
            weights[piece.container] += own if whole else own // 3
    for container in range(len(weights) - 1, 0, -1):
        if weights[container]:
            weights[page.parents[container]] += weights[container]
    return weights


def _trimmed(pieces: Sequence[Piece], first: int, last: int) -> tuple[int, int]:
    """The range without what sites put at the edges of an article."""
    foot = (at for at in range(max(first + 1, last - _FOOT_PIECES), last) if len(pieces[at].text) <= 90)
    last = next((at for at in foot if _FOOT.search(pieces[at].text)), last)
    while first < last and _is_furniture(pieces[first]):
        first += 1
    while last > first and _is_furniture(pieces[last - 1]):
        last -= 1
    return first, last


def _is_furniture(piece: Piece) -> bool:
    mostly_links = piece.linked * 2 > len(piece.text)
    return (mostly_links and not re.match(r"附件|\d+[.．、]", piece.text)) or (
        len(piece.text) <= 90 and bool(_FURNITURE.search(piece.text) or _BUTTON.match(piece.text))
    )


def _heaviest(page: Page, weights: Sequence[int]) -> int:
    """The weightiest container with a telling name, the outermost of equals; where none has one, the deepest that keeps enough.

    Containers are numbered in document order, so the deepest has the highest number.
    """
    enough = _NAMED_KEPT * weights[0]
    heavy = [number for number, weight in enumerate(weights) if weight >= enough]
    known = [number for number in heavy if _NAMED.search(page.name(number).lower())]
    if known:
        return max(known, key=lambda number: (weights[number], -number))
    return max(number for number in heavy if weights[number] >= _KEPT * weights[0])


def _title(page: Page, first: int, last: int) -> str | None:
    """The article's title where its first lines do not hold it: declared, or the nearest fitting line before it."""
    head = [_flat(piece.text) for piece in page.pieces[first : min(first + 12, last)]]
    starts, whole = list(accumulate(map(len, head), initial=0)), "".join(head)
    declared = [value for name, value in page.meta if name.lower() in ("articletitle", "og:title")]
    for candidate in chain(declared, _candidates(page, first)):
        bare = _flat(candidate)
        if len(bare) >= 4:
            held = any(whole.startswith(bare, start) for start in starts) or any(_is_most_of(line, bare) for line in head[:5])
            return None if held else candidate
    return None


def _is_most_of(line: str, title: str) -> bool:
    """The title without the site's name; not the name of a document that the title wraps (关于印发《…》的通知)."""
    return (
        len(line) >= 8
        and line in title
        and ((title.startswith(line) and bool(_DOCUMENT.search(line))) or 10 * len(line) >= 7 * len(title))
        and f"《{line}》" not in title
    )


def _candidates(page: Page, first: int) -> Iterator[str]:
    """Lines before the article that may be its title, best first."""
    before = [piece for piece in reversed(page.pieces[:first]) if piece.linked * 2 < len(piece.text) <= 200 and not piece.cells]
    lines = [piece for piece in before if len(piece.text) >= 4 and not _is_bar(piece.text)]
    whole = _flat(page.title)
    yield from (piece.text for piece in lines if len(_flat(piece.text)) >= 6 and _flat(piece.text) in whole)
    yield from (piece.text for piece in lines if piece.heading and piece.heading <= 3)
    yield from (piece.text for piece in lines if any(_TITLE_CLASS.search(name) for name in page.names(piece.container)))
    yield from (piece.text for piece in lines if _DOCUMENT.search(_flat(piece.text)))
    site = re.split(r"\s*[-_—|–]+\s*", page.title)
    yield from (part for part in (page.title, *site) if _DOCUMENT.search(_flat(part)))


def _flat(text: str) -> str:
    return "".join(text.split())
