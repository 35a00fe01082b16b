"""ZX0301 任务没有责任主体

检查什么
写明了时限或者数量的任务，是否找不到由谁承担。

为什么
《意见》第三条要求落实统筹督办责任、明确责任分工；第七条要求明确责任主体、目标任务、工作标准和时限要求。

怎样判断
带有时限或者数量指标的任务，本句、本段上文和段末括注都没有写明承担单位，主送机关又不止一个的，予以提示。
全文另有职责分工、分工表，或者写明由谁负责组织实施、谁是责任主体的，任务已经有人承担，不提示。
请主送机关报送材料的，报送人就是主送机关；写在指导思想、目标、原则中的，只写年度不写期限的（“2010年住房建设计划”），都不是交办的任务，不提示。
法律法规、规划、一般行为规范、资格条件、对某一类人或者单位的要求（“持有人应当……”）、没有时限和数量的号召，不提示。

反例
2025年底前建成标准化泵站20座。

正例
由水务局牵头，2025年底前建成标准化泵站20座。

怎样修改
写明由谁承担，或者在段末括注“（……牵头，……配合）”。

选项
`minimum`：同一文件中出现多少处才提示，默认 1。

依据
《省人民政府关于进一步提高全省政府系统执行力的意见》（2019年2月2日）第三条、第七条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenwen.checks.operative import is_statute, title_text
from shenwen.checks.rule import Context, Remark, Rule
from shenwen.checks.zx2103_content_free import OTHER_KINDS
from shenwen.corpus.model import Document, Facts, Modality, Obligation, Severity

#: What brings a thing about, with its number behind: 新建泵站20座, 使普及率提高3个百分点.
_MAKE = (
    r"(?:建成|新建|改建|扩建|建设|改造|更换|更新|修复|完成|建立|培养|培育|培训|新增|增加|选派|引进|拆除|清淤"
    r"|清理|整治|治理|种植|植|安装|配备|配套|发放|创建|打造|提高|降低)"
)
_QUANTITY = re.compile(
    r"(?:^|[，；：、]|要|必须|须|应当?|务必|确保|力争|今年|全年|年内|\d年|[前底内])(?:全面|加快|集中|每年|再|使[^，。；]{0,12})?"
    + _MAKE
    + r"(?![后前的])[^，。；]{0,24}?\d+(?:\.\d+)?\s*(?:%|个百分点|[万亿]?(?:元|亩|户|人|名|个|所|座|家|公里|吨|项|套|辆|台|株|处|平方米))"
)
#: Periods that a task runs or ends in; entry into force and validity are nobody's task, nor is a year in a name (2010年计划).
_DATED = ("by", "within")
_YEAR_ONLY = re.compile(r"到?\d{4}年度?")
#: What a dated task brings about; 2014年4月1日起享受新标准 is nobody's task.
_ACT = re.compile(
    r"完成(?!情况)|建成|建立|制定|印发|出台|实现|达到|覆盖|整改(?!情况|方案|措施)|清理|清缴|改造|安装|拆除|启动|验收|移交|到位|办结"
    r"|公布|编制|组建|配备|培训|淘汰|关停|搬迁|修订|开展|上线"
)
#: Documents that give out tasks. A page, a scale of charges, a list of powers has none; a 规划 leaves them to those who carry it out.
_TASKING = re.compile(r"(?:意见|通知|方案|计划|要点|措施|决定|清单|分工)(?:（[^）]*）|\([^)]*\))*$")
_LONG_TERM = re.compile(r"(?:规划|纲要)[》”]?(?:的通知)?$")
#: Sentences in which the bearer needs no name: states of affairs, rules for everybody, the document's own start.
_IMPERSONAL = re.compile(
    r"施行|实施之日|起执行|有效期|费用|所需|按照?[^，。；]{0,12}(?:标准|规定)执行|总体目标|主要目标|奠定[^，。；]{0,12}基础|定于|具体指标|计划投入"
    r"|(?:必然|客观|内在|迫切)(?:要求|需要)|达到[^，。；]{0,12}(?:水平|以上)$|截止(?:日期|时间)|延长|顺延|暂缓|阶段进行|分[两二三四]步"
    r"|免[征收缴]|不再|考核体系|年底[^，。；]{0,6}(?:考核|考评)"
)
#: Conditions that a person or a thing must meet; nobody is told to bring them about.
_CONDITION = re.compile(
    r"应当?(?:年?满|为|是|具有|具备|符合|持|在[^，。；]{0,20}(?:居住|就业|参保))|(?:须|需)(?:持|提供|具备|满)|满[一二三四五六\d]+(?:周岁|年)"
)
#: A bearer that is named as a class: 居住证持有人变动居住地址的，应当……; and bodies that act: 各省组织, 部对不合格的……, 两校要制定.
_CLASS = re.compile(
    r"^(?:[（(\d一二三四五六七八九十]+[）)、.．])?[^，。；]{0,24}(?:人|者|员|单位|企业|机构|学校|医院|部门|家长|学生|业主|用户|项目|城市|地区|地方|(?<![全我])[省市县区])"
    r"(?:[^，。；]{0,30}的，)?[^，。；]{0,20}(?:应|须|要|必须|不得)|的[^，。；]{0,12}(?:城市|地区|单位|企业|[省市县区])，[应须要]"
)
_BODIES = re.compile(
    r"(?:^|[，；：、])各(?!类|项|种|个|方面|环节|条|处|界|族|自|具)"
    r"|(?:^|[，；])(?:[^，。；：]{0,14}(?:局|委|厅|办|政府|中心|公司|部门|单位|校|院|部|库|行|队|站|所|社|会|集团))(?:、[^，。；]{1,12})?(?:要|应|须|负责|牵头|组织|会同|将|对|自|于|计划)"
    r"|委托[^，。；]{2,16}|由[^，。；]{2,20}(?:办理|负责|承担|实施|落实|组织|完成)|[镇乡村区县局校厂]\d"
)
#: All the land is nobody in particular.
_NOBODY = re.compile(r"[我全][国省市县区镇乡州]")
#: What has been done.
_PAST = re.compile(r"近[一二两三四五\d]+年|去年|以来|截至|[共已](?:经|累计)?(?:建成|完成|新建|培训|改造)")
#: Owners that follow their task in brackets or after 由.
_OWNERS = re.compile(
    r"[（(][^（()）\n]{2,120}(?:负责|牵头|指导|配合|参与|落实|部|局|委|厅|办|院|行)[）)]|责任单位|(?:，|；)由[^，。；]{2,20}|由[^，。；]{2,20}(?:办理|负责|承担|实施)"
)
#: What gives all tasks of a document their bearers: a chapter or an annex of the division of labour, a sentence on who carries it out.
_DIVISION = re.compile(r"(?:职责|任务|责任|工作)(?:任务)?(?:分工|分解)|分工(?:方案|表)|责任清单|(?:部门|单位|工作|主要)职责")
_HEADING = 20
_CARRIED_OUT = re.compile(
    r"[是为][^，。；]{0,16}(?:责任|实施|工作)主体|[是为](?:牵头|责任|主管|实施)(?:单位|部门)|(?<!省)负总责|(?:各|县级|乡镇|地方|省级|市级)[^，。；]{0,24}(?:负责|承担|组织)(?:本|辖区|所辖|当地|全)"
    r"|由[^，。；]{2,24}(?:负责|牵头)(?:组织|统筹)?(?:实施|推进)|[局委厅办府](?:负责|牵头)(?:统筹|组织)?[^，。；]{0,10}(?:方案|意见|通知|行动|整治|治理)的?(?:组织)?实施"
    r"|(?:^|\n)[ \t]*(?:牵头|责任|实施|主管)(?:单位|部门)[:：]|(?:各|地方)[^，。；]{0,14}人民政府要[^。]{0,40}方案[^。]{0,40}分工"
)
#: A heading that names whose tasks stand below: （一）区水务局。
_BODY_HEADING = re.compile(r"^[^，；]{2,16}(?:[局委厅办]|政府|中心|公司)[。：:]?$")
#: Where a document says what it is after, not what is to be done.
_AIMS = re.compile(r"目标|指导思想|原则|总体要求|总体思路|意义|背景")


def check(document: Document, facts: Facts, context: Context) -> Iterator[Remark]:
    """A remark on each measurable task that nobody bears."""
    if facts.masthead.kind in OTHER_KINDS or len(facts.masthead.addressees) == 1 or is_statute(facts):
        return
    title = title_text(document, facts)
    if not _TASKING.search(title) or _LONG_TERM.search(title) or _divided(facts):
        return
    orphans = [obligation for obligation in _unnamed(facts) if _is_orphan(facts, obligation)]
    if len(orphans) < context.option("minimum"):
        return
    for obligation in orphans:
        yield Remark(
            "任务写明了时限或者数量，但没有写明由谁承担", obligation.span, suggestion="写明牵头单位和配合单位，或者在段末括注"
        )


def _divided(facts: Facts) -> bool:
    """Whether the document says once for all who does what, or who carries it out."""
    lines = (line.strip() for line in facts.view.text.split("\n"))
    return any(len(line) <= _HEADING and _DIVISION.search(line) for line in lines) or bool(_CARRIED_OUT.search(facts.view.text))


def _unnamed(facts: Facts) -> Iterator[Obligation]:
    """The obligations of a paragraph before whose sentence nobody is named: 该项工作于4月底前完成 goes on from the one before."""
    line, named = -1, False
    for obligation in facts.obligations:
        start, _ = facts.view.range(obligation.span)
        begin = facts.view.text.rfind("\n", 0, start)
        borne = any(not _NOBODY.fullmatch(actor.name) for actor in (*obligation.actors, *obligation.supporting))
        told = any(pattern.search(obligation.text) for pattern in (_CLASS, _BODIES, _PAST))
        named = (named and begin == line) or borne or told
        line = begin
        if not named:
            yield obligation


def _is_orphan(facts: Facts, obligation: Obligation) -> bool:
    spared = any(pattern.search(obligation.text) for pattern in (_IMPERSONAL, _CONDITION))
    return (
        not spared
        and _is_task(obligation)
        and not _is_spared_by_heading(facts, obligation)
        and not _named_behind(facts, obligation)
    )


def _is_task(obligation: Obligation) -> bool:
    """Whether it sets something to be done by a day or in a number. A state to be reached (覆盖率达到95%) is borne by the tasks."""
    counted = bool(_QUANTITY.search(obligation.text))
    if Modality.OBLIGATION not in obligation.modality:
        return Modality.TARGET in obligation.modality and counted
    dated = any(each.norm.startswith(_DATED) and not _YEAR_ONLY.fullmatch(each.quote) for each in obligation.deadlines)
    return counted or (dated and bool(_ACT.search(obligation.text)))


def _is_spared_by_heading(facts: Facts, obligation: Obligation) -> bool:
    """Whether it stands under a heading of aims or principles, or under its bearer's name."""
    by_id = {unit.id: unit for unit in facts.provisions}
    unit = by_id.get(obligation.provision or "")
    while unit:
        heading = facts.view.of(unit.heading).strip() if unit.heading else ""
        if _AIMS.search(heading) or _BODY_HEADING.search(heading):
            return True
        unit = by_id.get(unit.parent or "")
    return False


def _named_behind(facts: Facts, obligation: Obligation) -> bool:
    """Whether the rest of the paragraph names the owners: in its own sentence, or in brackets at its end."""
    _, end = facts.view.range(obligation.span)
    stop = facts.view.text.find("\n", end)
    return bool(_OWNERS.search(facts.view.text, end, stop if stop >= 0 else len(facts.view.text)))


RULE = Rule(
    id="ZX0301",
    name="任务没有责任主体",
    article="三",
    severity=Severity.INFO,
    check=check,
    options=(("minimum", 1),),
)
