"""ZX2109 明文不再另行制定而又制定

检查什么
所贯彻的文件已经写明不再另行制定实施意见、细则等配套文件的，是否仍然制定。

为什么
《意见》第二十一条要求不层层制发文件；《意见》自身也写明“不再另行制定意见”。上级已经明文不再制定的，另行制定就是以文件落实文件。

怎样判断
文件标题或者正文写明贯彻、落实、实施某文件，自身是实施意见、实施方案、细则、办法、措施一类；索引中的该文件写明不再（不另行、原则上不再、不得）制定、
出台、印发配套文件或者意见的，予以提示，并引出原句。
原句只禁止与本件无关的文件（如不再制定年度计划）的，解读、新闻、表单，不提示。

反例
省政府意见写明“各地各部门严格执行，不再另行制定意见”，市政府仍印发《贯彻落实省政府意见的实施意见》。

正例
省政府意见写明“各市州可结合实际制定实施细则”，市政府印发实施细则。

怎样修改
不再发文，直接执行原文件；确有本地特殊情况需要明确的，先报请原制发机关同意。

选项
无。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第二十一条和结尾。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shenwen.checks.operative import title_range
from shenwen.checks.repetition import QUOTED
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Evidence, Facts, Severity

if TYPE_CHECKING:
    from shenwen.corpus.entries import Entry, Unit

_PLAN = r"(?:意见|细则|方案|办法|措施|规定|计划|文件)"
_FORBIDS = re.compile(
    rf"[^。；\n]*(?:(?:不再|不另|不要|无需|一律不|原则上不)(?:再)?(?:另行|重复|层层|逐级|单独)?|不得(?:再)?(?:另行|重复|层层|逐级|单独))(?:再)?"
    rf"(?:制定|制发|出台|印发|下发|起草)"
    rf"(?P<what>[^。；，\n]{{0,24}}?{_PLAN})[^。；\n]*[。；]?"
)
_IMPLEMENTS = re.compile(r"贯彻|落实|实施|执行|推进|细化|转发")
_KIND = re.compile(r"(?:实施|贯彻|落实|配套|若干|工作|行动|具体)?(?:意见|细则|方案|办法|措施)")
#: Kinds of documents whose ban does not touch an implementing document.
_OTHER_BAN = re.compile(r"年度|预算|应急预案|考核办法|目录|标准|收费|优惠")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark for each document of the archive that forbids what the draft is."""
    found = title_range(document, facts)
    draft = context.draft
    if context.archive is None or draft is None or found is None or facts.masthead.kind in OTHER_KINDS:
        return
    title = facts.view.text[found[0] : found[1]]
    if not (_IMPLEMENTS.search(title) and _KIND.search(title)):
        return
    for each in context.archive.similar(draft):
        entry = each.entry
        if not _implemented(draft, entry) or each.in_force.value is False:
            continue
        for unit, sentence in _bans(entry):
            yield Remark(
                f"所贯彻的《{entry.title}》已写明“{sentence}”，不应再制定本件",
                facts.view.source(*found),
                evidence=(_evidence(entry, unit, sentence, each.in_force.value),),
                suggestion="不再发文，直接执行原文件；确需制定的，先报请原制发机关同意",
            )
            break


def _implemented(draft: Entry, entry: Entry) -> bool:
    """Whether the draft names the entry, which is of no other place and not the later one."""
    from shenwen.corpus.archive import names
    from shenwen.corpus.standing import standing_of

    later = draft.issued_date and entry.issued_date and entry.issued_date > draft.issued_date
    return not later and entry.title != draft.title and standing_of(draft, entry).same_place and names(draft, entry)


def _bans(entry: Entry) -> Iterator[tuple[Unit, str]]:
    for unit in entry.units:
        for match in _FORBIDS.finditer(unit.text):
            if not _OTHER_BAN.search(match["what"]):
                yield unit, match.group().strip()


def _evidence(entry: Entry, unit: Unit, sentence: str, in_force: bool | None) -> Evidence:
    return Evidence(
        source=entry.path,
        quote=sentence[:QUOTED],
        title=entry.title,
        doc_number=entry.doc_number,
        provision=unit.provision,
        in_force=in_force,
    )


RULE = Rule(
    id="ZX2109", name="明文不再另行制定而又制定", article="二十一", severity=Severity.WARNING, check=check, needs_index=True
)
