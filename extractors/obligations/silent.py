"""Sentences that demand nothing, whatever words they hold: frames, definitions, reported speech, narration, creed, slogans.

All functions take a sentence of masked text (segments.masked).
"""

from __future__ import annotations

import re

from shenwen.extractors.obligations.clauses import TRAILING, Clause
from shenwen.extractors.obligations.modality import Modal, words
from shenwen.extractors.obligations.segments import BLANK

_KINDS = (
    "办法|意见|规定|条例|法|方案|细则|通知|预案|规划|规则|决定|指南|要点|计划|纲要|政策|标准|章程|制度|措施|准则|规范|规程|指引"
)
#: Every branch of the expressions that scan whole sentences begins with a literal: that makes them several times faster.
_FRAME = re.compile(
    r"现(?<![^，]现)(?:根据|依据|按照)[^。]{2,80}(?:印发|发布|公布)《|现(?<![^，]现)[^，。]{0,60}?(?:如下|印发|转发|发布|公布|予以公布|予以通报|提出|通知)|特(?<![^，]特)[^，。]{0,60}?(?:如下|印发|转发|发布|公布|提出|通知)|"
    + "|".join(
        f"{verb}(?:本(?:实施|工作|行动|暂行|管理|具体|指导)?(?:{_KINDS})|如下|以下|此)"
        for verb in ("制定", "制订", "颁布", "发布", "作出", "订立", "提出")
    )
    + "|"
    + "|".join(
        f"{noun}如下[：。]?$"
        for noun in ("通知", "通告", "公告", "批复", "函复", "答复", "决定", "规定", "意见", "安排", "部署", "调整")
    )
    + r"|经[^，]{2,14}同意，(?:决定)?对[^。]{2,80}予以(?:通报)?(?:表扬|表彰|嘉奖|批评)"
    r"|作(?:如下|以下)(?:说明|安排|规定)|个方面(?:的)?工作[。：]?$|收悉|收到[^，]*(?:请示|来函)"
)
_FRAME_SIGN = re.compile("[现特本下收此]|同意|方面")
_VALIDITY_SIGN = re.compile("[行效]|废止")
_VALIDITY = re.compile(
    r"自[^，。]{2,40}?(?:起|后)(?:正式)?(?:施行|实施|执行|生效|试行)|从[^，。]{2,40}?(?:起|后)(?:正式)?(?:施行|实施|执行|生效|试行)|"
    r"有效期(?<![证卡照码票]有效期)(?!延长)(?:为|至|[^，。]{0,6}年)(?![^，。]{0,8}[证卡照的])|(?<![决的])废止[。；]?$|失效[。；]?$|停止执行[。；]?$|停止施行[。；]?$"
)
_DEFINITION_OPENS = re.compile(r"[^，]{0,30}(?:适用(?:于|本)|包括|主要包括)|本[^，]{1,12}(?:所指|所列)|注[：释]|附件|附[：表]")
_DEFINITION = re.compile(rf"是指|系指(?<!联系指)(?!挥|导)|”指：|指的是|所称|以下[统简]称|分为|划分为|不适用|适用本(?:{_KINDS})")
_DEFINING = re.compile("指|所称|统称|简称|为|适用|包括|本|注|附|所")
_DEFINED = re.compile("是指|系指(?<!联系指)(?!挥|导)|所称")
_REPORT = re.compile(
    rf"^(?:(?!按|自|向|依照|依据|根据|遵|落实|贯彻|符合|违反|对|除)[^，要应须可]){{0,30}}"
    rf"(?:[》{BLANK}]|通知|会议|决定|讲话|总书记|总理|纲要|法律|法规|宪法|来信|代表们)(?:(?!对|的|根据|按|依|以)[^，应须要]){{0,6}}"
    r"(?:指出|强调|要求|提出|规定|明确|部署|作出|认为|反映|表示|建议)(?!的)"
)
#: 你省请求，…: what the letter answered asked for.
_YOU_ASKED = re.compile(r"(?:你|贵)[^，]{1,6}(?:请求|建议|提出|反映|希望|要求)(?!的)[^，]{0,60}，")
_REPORT_VERB = re.compile("请求|希望|指出|强调|要求|提出|规定|明确|部署|作出|认为|反映|表示|建议")
_NARRATION_OPENS = re.compile(
    r"(?:\d{4}|[一二〇零九八七]{4})年[^，]{0,10}，[^，要应]*(?:印发|发布|作出|批准|召开|出台|下发|颁布|成立)|近年来|近几年|[^，]{0,12}以来，|(?:但)?(?:有的|一些|个别|少数)(?!情况)|目前|当前|过去|去年|"
    r"当时|此前|一年来"
)
_NARRATION = re.compile(
    r"个月来|越来越|年来，|了(?<![为除]了)(?!解|结|事|望|然)|曾经|取得(?:了|显著|明显|积极|重大|新|较|良好|一定|阶段)|"
    r"已经|已(?:于|在|由|对|有(?=\d|[一二三四五六七八九十数多])|将|达|累计|基本|成为|全面|形成|建立|初步)|高度重视[^，]*工作[。；]?$|"
    r"仍然存在|也存在|不同程度存在|时有发生|还存在|存在着|不断增多|日益|尚未[^，]*到[^，]*[。；]?$|正在|我们(?![也还都]?(?:将|要|应|必须|请))|具有(?:重要|重大|十分)[^，]*意义|深入人心|未作规定|受到[^，]{0,30}(?:处分|处罚|表彰|嘉奖)(?!的|或者?)|被[^，]{0,4}(?:移送|移交)|经[^，]{0,6}(?:调查|核查|审查)?认定，|作出重要[批指]示|(?<![将应要])于\d{4}年[^，]{0,8}正式(?:开通|成立|启用|挂牌)|在[^，]{2,12}中(?:死亡|遇难)"
)
_IDEOLOGY = re.compile(r"(?:坚持)?以[^，]{2,40}(?:为指导|为指引|为指针|为遵循|思想和)|高举")
_GUIDED = re.compile("为(?:指导|指针|指引)(?:，|。|$)")
_PERFORMATIVE = re.compile(
    r"同意(?<![^\n]同意)(?![^。]*，同时)|国务院决定|政府决定|研究决定|设在(?![^。]{0,60}(?:承担|负责))|下设|有利于(?![^，]*的[^，]{2})|具有[^，]{0,6}约束力|受(?:法律|国家)?[^，]{0,4}保护[。；]?$|取得[^，]{0,6}资格[。；]?$|具有同等[^，]{0,4}效力|另行(?:通知|公告|公布|安排)[。；]?$|截止(?:日|日期|时间)(?:[为是][^，]{1,20})?[。；]?$"
)
#: 以节水为核心的农田灌溉机制；: the name of a thing, as it stands in a list of them.
_NAMED = re.compile("以[^，]{2,40}为[^，]{1,6}的[^，]{2,24}(?:机制|模式|制度|体系|改革|服务|平台|标准|办法)[；。]?")
_COPULA = re.compile(
    r"^[^，：]{2,40}，为(?!方便|便于|便利|了|[^，]*(?:提供|奠定|打下|创造|作出|做出|培养|培育|拓宽|营造|注入|服务))[^，了]|^[^：]{2,60}?，是[^否]|^[^，：]{2,30}?(?<![还就也都只凡正但若便于而不])是(?![否非])|^[^，]{2,80}(?:机关|部门|机构)是(?![否非])"
)
_CONDITION = re.compile(r"[^，]*(?:的|时|后|(?<![目当此])前|外)，")
#: 统一领导、分级负责: a principle, not a task.
_PRINCIPLE = re.compile(r"(?:[\u3400-\u9fff]{4}、){1,4}[\u3400-\u9fff]{4}[。；]?$")


#: 我们要坚定信心、保持定力，…: an appeal to those present.
_APPEAL = re.compile("我们(?:一定|更|必须|坚信|要)[^。]{0,60}(?:信心|定力|使命|初心|新作为|奋进|拼搏|砥砺|担当)")


def is_frame(sentence: str) -> bool:
    """现将…通知如下, 制定本办法: the frame of a document."""
    return bool(_FRAME_SIGN.search(sentence) and _FRAME.search(sentence))


def is_validity(sentence: str) -> bool:
    """Entry into force and validity."""
    return bool(_VALIDITY_SIGN.search(sentence) and _VALIDITY.search(sentence))


def is_blocked(sentence: str, modals: list[Modal]) -> bool:
    """Definitions, reported speech and items of a list of conditions demand nothing, whatever words they hold."""
    if _DEFINING.search(sentence) and _defines(sentence, modals):
        return True
    if _REPORT_VERB.search(sentence) and (_REPORT.match(sentence) or _YOU_ASKED.match(sentence)):
        return True
    if "、" in sentence and _PRINCIPLE.match(sentence) and all(modal.word == "负责" for modal in modals):
        return True
    if "如" in sentence and _WOULD.match(sentence):
        return True
    if sentence.endswith(("？", "?")) or "团结在" in sentence or (sentence.startswith("我们") and _APPEAL.match(sentence)):
        return True
    if _SUBMITTED.search(sentence) or _APPROVED.match(sentence):
        return True
    if modals and all(modal.word in _TOLD_TOO for modal in modals) and _narrates(sentence):
        return True
    bare = sentence.rstrip(TRAILING + "：:")
    if bare.endswith("的时候"):
        return True
    if bare.endswith("的") and not bare.endswith("目的") and ("，" not in bare or not modals):
        return True
    asked = any(modal.word == "请" for modal in modals)
    return sentence.startswith("为") and "由" not in sentence and not asked and is_frame(sentence)


#: 以上请示如无不妥，请批转…执行: what a draft asks of those it goes to.
_SUBMITTED = re.compile("(?:如无不[妥当]|妥否|当否)，")
#: 同意建立由…牵头负责的…制度。: an approval and nothing else.
_APPROVED = re.compile("(?:原则)?同意(?:建立|成立|组建|设立|调整|撤销)[^，：]*[。；]?$")
#: 对这些问题如不重视，就会影响…: what would come of it.
_WOULD = re.compile("[^，]{0,20}如(?:果|若)?不[^，]*，(?:就会|就要|将会|必将|势必)")
#: These are told of the past too: 省政府已于上年发文予以推广.
_TOLD_TOO = frozenset({"不再", "予以", "给予", "加以"})
_DEMANDS = frozenset({"应当", "必须", "不得", "应", "可以", "要"})


def _defines(sentence: str, modals: list[Modal]) -> bool:
    if _DEFINED.search(sentence):
        return True
    return bool(_DEFINITION.search(sentence) or _DEFINITION_OPENS.match(sentence)) and not any(
        modal.word in _DEMANDS for modal in modals
    )


def is_mere_attitude(mask: str, clauses: list[Clause]) -> bool:
    """Every clause only asks for a frame of mind: 要进一步增强责任意识."""
    attitude = words().attitude
    return all(clause.subordinate or attitude.search(mask, clause.start, clause.end) for clause in clauses)


#: What is told of things (已开展…的街区) or to be brought about (推动…取得突破) is no narration.
_DESCRIBES = re.compile(
    "(?:此前|目前|当前|过去)?(?:已|正在|取得|具有|存在)[^，。]{1,40}?的(?!重要|重大|十分|成[效绩果就]|进展|效果|作用|意义|突破|进步|问题|影响|成功|胜利|提高|改善|变化)(?=[^，。])"
)
_TO_BE_REACHED = re.compile("(?:推动|促进|确保|推进|争取|力争)[^，。]{1,30}?取得")


def _narrates(sentence: str) -> bool:
    """Tells of the past, outside its conditions (对已经建成的，…)."""
    if not (_NARRATION_OPENS.match(sentence) or _NARRATION.search(sentence)):
        return False
    main = _TO_BE_REACHED.sub("", _DESCRIBES.sub("", _CONDITION.sub("", sentence)))
    return bool(_NARRATION_OPENS.match(main) or _NARRATION.search(main))


def is_idle(sentence: str) -> bool:
    """Without a modal word: narration, creed, slogan, copula."""
    table = words()
    if _narrates(sentence) or _IDEOLOGY.match(sentence) or _GUIDED.search(sentence) or table.slogan.search(sentence):
        return True
    if _NAMED.fullmatch(sentence):
        return True
    if _PERFORMATIVE.search(sentence) and "由" not in sentence:
        return True
    return bool(_COPULA.match(sentence)) and not re.search(r"由|负责", sentence)
