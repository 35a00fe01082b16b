"""Word files with automatic numbers, each with what a reader should see: restarts, overrides, styles, formats."""

from __future__ import annotations

from made_docx import docx, level, numbering, par, styles

_OFFICIAL = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "（%4）")
)
_LEGAL = level(0, "chineseCountingThousand", "第%1章", more='<w:suff w:val="space"/>') + level(
    1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/><w:suff w:val="space"/>'
)
_WESTERN = (
    level(0, "upperRoman", "%1.")
    + level(1, "upperLetter", "%2)")
    + level(2, "lowerLetter", "%3)")
    + level(3, "lowerRoman", "%4.")
)
_POINTS = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3")


def _start(at: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def _made(order: list[tuple[int, int]], lists: str, more: str = "") -> bytes:
    """Paragraphs 甲0项, 甲1项, … of (list, level)."""
    body = "".join(par(f"甲{at}项", number=number) for at, number in enumerate(order))
    parts = {"numbering": lists}
    return docx(body, parts | ({"styles": more} if more else {}))


def _formats() -> dict[str, tuple[bytes, list[str]]]:
    """Every format that official documents use, at 1, 2, 10, 11, 20 and 21."""
    shown = {
        "decimal": "1 2 10 11 20 21",
        "chineseCounting": "一 二 十 十一 二十 二十一",
        "chineseCountingThousand": "一 二 十 十一 二十 二十一",
        "japaneseCounting": "一 二 十 十一 二十 二十一",
        "taiwaneseCountingThousand": "一 二 十 十一 二十 二十一",
        "upperLetter": "A B J K T U",
        "lowerLetter": "a b j k t u",
        "upperRoman": "I II X XI XX XXI",
        "lowerRoman": "i ii x xi xx xxi",
        "decimalEnclosedCircle": "① ② ⑩ ⑪ ⑳",
        "ideographTraditional": "甲 乙 癸",
        "chineseLegalSimplified": "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹",
        "decimalFullWidth": "１ ２ １０ １１ ２０ ２１",
        "decimalZero": "01 02 10 11 20 21",
    }
    made = {}
    for form, numbers in shown.items():
        wanted = dict(zip((1, 2, 10, 11, 20, 21), numbers.split(), strict=False))
        lists = numbering({0: level(0, form, "%1、")}, {1: (0, "")})
        expected = {f"{number}、甲{value - 1}项" for value, number in wanted.items()}
        made[f"format {form}"] = _made([(1, 0)] * max(wanted), lists), sorted(expected)
    return made


#: Name → (file, lines that must be there). Where the name begins with "format", the lines in any order; else all, in order.
LISTS: dict[str, tuple[bytes, list[str]]] = _formats() | {
    "levels restart below": (
        _made([(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 3)], numbering({0: _OFFICIAL}, {1: (0, "")})),
        ["一、甲0项", "（一）甲1项", "1. 甲2项", "2. 甲3项", "（二）甲4项", "1. 甲5项", "二、甲6项", "（一）甲7项", "（1）甲8项"],
    ),
    "articles run on through chapters": (
        _made([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 1)], numbering({0: _LEGAL}, {1: (0, "")})),
        ["第一章 甲0项", "第一条 甲1项", "第二条 甲2项", "第二章 甲3项", "第三条 甲4项", "第四条 甲5项"],
    ),
    "two lists of one kind count on": (
        _made([(1, 0), (1, 0), (2, 0), (1, 0)], numbering({0: _OFFICIAL}, {1: (0, ""), 2: (0, "")})),
        ["一、甲0项", "二、甲1项", "三、甲2项", "四、甲3项"],
    ),
    "a start override begins anew, once": (
        _made([(1, 0), (1, 0), (2, 0), (2, 0)], numbering({0: _OFFICIAL}, {1: (0, ""), 2: (0, _start(0, 1))})),
        ["一、甲0项", "二、甲1项", "一、甲2项", "二、甲3项"],
    ),
    "a start override to another number": (
        _made([(1, 0), (2, 0), (2, 1), (2, 0)], numbering({0: _OFFICIAL}, {1: (0, ""), 2: (0, _start(0, 5) + _start(1, 3))})),
        ["一、甲0项", "五、甲1项", "（三）甲2项", "六、甲3项"],
    ),
    "a level of its own": (
        _made(
            [(1, 0), (2, 0), (2, 0)],
            numbering(
                {0: _OFFICIAL},
                {1: (0, ""), 2: (0, f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "（%1）", 7)}</w:lvlOverride>')},
            ),
        ),
        ["一、甲0项", "（2）甲1项", "（3）甲2项"],
    ),
    "a start of its own": (
        _made([(1, 0), (1, 0)], numbering({0: level(0, "decimal", "%1.", 4)}, {1: (0, "")})),
        ["4. 甲0项", "5. 甲1项"],
    ),
    "points": (
        _made([(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 0), (1, 1)], numbering({0: _POINTS}, {1: (0, "")})),
        ["1 甲0项", "1.1 甲1项", "1.1.1 甲2项", "1.1.2 甲3项", "1.2 甲4项", "2 甲5项", "2.1 甲6项"],
    ),
    "letters and Roman numbers": (
        _made([(1, 0), (1, 1), (1, 2), (1, 3), (1, 3), (1, 1), (1, 0)], numbering({0: _WESTERN}, {1: (0, "")})),
        ["I. 甲0项", "A) 甲1项", "a) 甲2项", "i. 甲3项", "ii. 甲4项", "B) 甲5项", "II. 甲6项"],
    ),
    "legal numbering shows figures": (
        _made(
            [(1, 0), (1, 1), (1, 1)],
            numbering({0: level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")}, {1: (0, "")}),
        ),
        ["第一章 甲0项", "1.1 甲1项", "1.2 甲2项"],
    ),
    "lists in between do not matter": (
        _made([(1, 0), (2, 0), (1, 0), (2, 0)], numbering({0: _OFFICIAL, 1: _POINTS}, {1: (0, ""), 2: (1, "")})),
        ["一、甲0项", "1 甲1项", "二、甲2项", "2 甲3项"],
    ),
    "numbers by style": (
        docx(
            par("总则", style="one")
            + par("目的", style="two")
            + par("依据", style="two")
            + par("分则", style="one")
            + par("无编号", style="two", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
            + par("范围", style="below"),
            {
                "numbering": numbering(
                    {
                        0: level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="one"/>')
                        + level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="two"/>')
                    },
                    {1: (0, "")},
                ),
                "styles": styles(
                    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
                    '<w:style w:type="paragraph" w:styleId="one"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
                    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
                    '<w:style w:type="paragraph" w:styleId="two"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>'
                    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
                    '<w:style w:type="paragraph" w:styleId="below"><w:name w:val="内文"/><w:basedOn w:val="two"/></w:style>'
                ),
            },
        ),
        ["一、总则", "（一）目的", "（二）依据", "二、分则", "无编号", "（一）范围"],
    ),
    "a level without its parent counts the parent in": (
        _made([(1, 1), (1, 0), (1, 1)], numbering({0: _POINTS}, {1: (0, "")})),
        ["1.1 甲0项", "2 甲1项", "2.1 甲2项"],
    ),
    "an empty paragraph takes a number": (
        docx(
            par("首", number=(1, 0)) + par("", number=(1, 0)) + par("尾", number=(1, 0)),
            {"numbering": numbering({0: _OFFICIAL}, {1: (0, "")})},
        ),
        ["一、首", "三、尾"],
    ),
}
