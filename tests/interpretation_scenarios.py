"""Small archives made by chance, each with the pairs and states a careful reader would find: one function a situation.

Names, places and days come from a seeded generator; the wording is the office's, none of it from a real document.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from shenwen.corpus.model import DocumentKind
from shenwen.corpus.publications import Publication
from shenwen.corpus.sketches import sketch_of

PLACES = ("云岭省", "青河市", "松原县", "南溪区", "白沙省", "临江市", "石门县", "东湖区")
DEPARTMENTS = ("水务局", "教育局", "财政局", "市场监督管理局", "卫生健康委员会", "交通运输局")
TOPICS = (
    "河道管护", "校外培训", "预算绩效", "集贸市场秩序", "分级诊疗", "农村公路养护", "公共租赁住房", "技能人才培养",
    "古树名木保护", "垃圾分类投放", "电梯安全运行", "小微企业融资", "养老服务供给", "数字档案移交", "水源地巡查",
)  # fmt: skip
FORMS = (
    "《{}》解读", "关于《{}》的政策解读", "一图读懂《{}》", "图解：《{}》", "有关负责人就《{}》答记者问", "《{}》政策问答",
    "《{}》新闻发布会实录", "解读｜《{}》", "【政策解读】{}", "解读{}",
)  # fmt: skip
TODAY = date(2021, 6, 30)


@dataclass(frozen=True)
class Scenario:
    """Publications and what is expected: `(policy, interpretation or None) → status`; nothing else may be there."""

    name: str
    publications: list[Publication]
    expected: dict[tuple[str, str | None], str] = field(default_factory=dict)


class Maker:
    """Documents of one archive."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def path(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}.txt"

    def day(self) -> date:
        """A Tuesday in a stretch of 2019 to 2020 without holidays for three weeks."""
        return self.random.choice([date(2019, 3, 5), date(2019, 7, 9), date(2019, 11, 12), date(2020, 3, 10), date(2020, 8, 11)])

    def topic(self) -> str:
        return self.random.choice(TOPICS)

    def policy(self, title: str | None = None, **more: object) -> Publication:
        place, department = self.random.choice(PLACES), self.random.choice(DEPARTMENTS)
        issuer = more.pop("issuer", None) or self.random.choice([f"{place}人民政府", f"{place}{department}"])
        day = more.pop("day", None) or self.day()
        title = title or self.title(str(issuer))
        serial = self.random.randrange(1, 90)
        made = Publication(
            path=self.path("policy"),
            title=title,
            doc_number=f"{str(issuer)[0]}{str(issuer)[-2]}发〔{day.year}〕{serial}号",
            issuers=(str(issuer),),
            kind=DocumentKind.POLICY,
            issued_date=day,
            opening=f"{title}\n各有关单位：现将有关事项通知如下。",
        )
        return replace(made, **more)

    def title(self, issuer: str) -> str:
        topic = self.topic()
        return self.random.choice(
            [
                f"{issuer}关于进一步加强{topic}工作的意见",
                f"{issuer}关于印发{issuer[:3]}{topic}管理办法（试行）的通知",
                f"{issuer}关于印发《{topic}三年行动方案》的通知",
                f"关于做好{topic}的若干措施",
                f"{issuer[:3]}{topic}管理暂行办法",
            ]
        )

    def interpretation(self, policy: Publication, after: int | None = 1, form: str | None = None, **more: object) -> Publication:
        """An interpretation that names the document in its title, `after` calendar days later (None: no date)."""
        form = form or self.random.choice(FORMS)
        day = None if after is None or policy.date is None else policy.date + timedelta(days=after)
        made = Publication(
            path=self.path("text"),
            title=form.format(policy.title),
            issuers=policy.issuers,
            kind=DocumentKind.INTERPRETATION,
            published_date=day,
            opening="为便于社会各界了解政策，现就有关内容说明。",
        )
        return replace(made, **more)


def on_time(m: Maker) -> Scenario:
    p = m.policy()
    i = m.interpretation(p, m.random.choice([0, 1, 3, 7]))
    return Scenario("按时", [p, i], {(p.path, i.path): "on_time"})


def late(m: Maker) -> Scenario:
    p = m.policy()
    i = m.interpretation(p, m.random.choice([8, 9, 14]))
    return Scenario("逾期", [p, i], {(p.path, i.path): "late"})


def missing(m: Maker) -> Scenario:
    p = m.policy()
    return Scenario("缺失", [p], {(p.path, None): "missing"})


def published_starts(m: Maker) -> Scenario:
    p = m.policy()
    p = replace(p, published_date=p.issued_date + timedelta(days=6))
    i = m.interpretation(p, 3)
    return Scenario("以发布日期起算", [p, i], {(p.path, i.path): "on_time"})


def ahead_of_publication(m: Maker) -> Scenario:
    p = m.policy()
    i = m.interpretation(p, 2)
    p = replace(p, published_date=p.issued_date + timedelta(days=6))
    return Scenario("成文之后、公布之前解读", [p, i], {(p.path, i.path): "on_time"})


def before_document(m: Maker) -> Scenario:
    p = m.policy()
    i = m.interpretation(p, -m.random.choice([1, 5, 40]))
    return Scenario("解读早于文件", [p, i], {(p.path, i.path): "undetermined"})


def contradiction(m: Maker) -> Scenario:
    p = m.policy()
    p = replace(p, published_date=p.issued_date - timedelta(days=9))
    i = m.interpretation(p, 20)
    return Scenario("日期矛盾", [p, i], {(p.path, i.path): "undetermined"})


def no_policy_date(m: Maker) -> Scenario:
    p = replace(m.policy(), issued_date=None, date_problem=m.random.choice([None, "发布日期“2019-02-30”不是有效日期"]))
    i = m.interpretation(p, 1, published_date=date(2019, 5, 7))
    return Scenario("文件没有日期", [p, i], {(p.path, i.path): "undetermined"})


def no_text_date(m: Maker) -> Scenario:
    p = m.policy()
    i = m.interpretation(p, None)
    return Scenario("解读没有日期", [p, i], {(p.path, i.path): "undetermined"})


def future(m: Maker) -> Scenario:
    p = m.policy(day=TODAY + timedelta(days=m.random.randrange(1, 200)))
    return Scenario("未来日期", [p], {(p.path, None): "undetermined"})


def future_text(m: Maker) -> Scenario:
    p = m.policy()
    i = m.interpretation(p, 1, published_date=TODAY + timedelta(days=1))
    return Scenario("解读日期在未来", [p, i], {(p.path, i.path): "undetermined"})


def several_for_one(m: Maker) -> Scenario:
    p = m.policy()
    first, second = m.interpretation(p, 2, "《{}》解读"), m.interpretation(p, 20, "一图读懂《{}》")
    expected = {(p.path, first.path): "on_time", (p.path, second.path): "on_time"}
    return Scenario("一份文件多个解读", [p, first, second], expected)


def one_for_several(m: Maker) -> Scenario:
    first, second = m.policy("关于加强古桥保护的意见", day=date(2019, 3, 5)), m.policy("河道采砂管理办法", day=date(2019, 3, 6))
    second = replace(second, issuers=first.issuers)
    i = m.interpretation(second, 1, title=f"《{first.title}》《{second.title}》解读")
    return Scenario("一个解读多份文件", [first, second, i], {(first.path, i.path): "on_time", (second.path, i.path): "on_time"})


def number_in_opening(m: Maker) -> Scenario:
    p = m.policy()
    other = m.policy(doc_number="国发〔2018〕99号", issuer="国务院", day=date(2018, 5, 8))
    opening = f"为贯彻落实国务院有关意见（国发〔2018〕99号），近日印发了《实施意见》（{p.doc_number}），现解读如下。"
    i = m.interpretation(p, 1, title="十项新举措来了——政策解读", opening=opening)
    return Scenario("开头写明文号", [p, other, i], {(p.path, i.path): "on_time", (other.path, None): "exempt"})


def title_in_opening(m: Maker) -> Scenario:
    p = m.policy()
    opening = f"近日，{p.issuers[0]}印发了《{p.title}》（以下简称《文件》）。记者采访了有关负责人。"
    i = m.interpretation(p, 1, title="事关千家万户，记者带你看变化（政策解读）", opening=opening)
    return Scenario("开头写明标题", [p, i], {(p.path, i.path): "on_time"})


def superiors_document(m: Maker) -> Scenario:
    topic = m.topic()
    upper = m.policy(f"国务院关于加强{topic}工作的意见", issuer="国务院", day=date(2019, 3, 5))
    lower = m.policy(f"云岭省人民政府关于加强{topic}工作的实施意见", issuer="云岭省人民政府", day=date(2019, 7, 9))
    i = m.interpretation(upper, 1, m.random.choice(("《{}》解读", "一图读懂《{}》")), issuers=("云岭省人民政府",))
    return Scenario("解读上级文件", [upper, lower, i], {(upper.path, i.path): "on_time", (lower.path, None): "missing"})


def own_document_on_superiors_basis(m: Maker) -> Scenario:
    topic = m.topic()
    upper = m.policy(f"国务院关于加强{topic}工作的意见", issuer="国务院", day=date(2019, 3, 5))
    lower = m.policy(f"云岭省人民政府关于加强{topic}工作的实施意见", issuer="云岭省人民政府", day=date(2019, 7, 9))
    opening = f"国务院印发了《{upper.title}》。为贯彻落实《{upper.title}》，省政府出台了《{lower.title}》，现解读如下。"
    i = m.interpretation(lower, 1, title=f"{topic}新政策问答", opening=opening)
    return Scenario("贯彻上级、解读本级", [upper, lower, i], {(upper.path, None): "missing", (lower.path, i.path): "on_time"})


def same_title_elsewhere(m: Maker) -> Scenario:
    topic = m.topic()
    one = m.policy(f"关于加强{topic}工作的意见", issuer="云岭省人民政府", day=date(2019, 3, 5))
    two = m.policy(f"关于加强{topic}工作的意见", issuer="白沙省人民政府", day=date(2019, 3, 6))
    i = m.interpretation(two, 2, "《{}》解读")
    return Scenario("两地同题", [one, two, i], {(one.path, None): "missing", (two.path, i.path): "on_time"})


def yearly(m: Maker) -> Scenario:
    topic = m.topic()
    old = m.policy(f"关于做好{topic}工作的通知", issuer="青河市教育局", day=date(2019, 3, 5))
    new = m.policy(f"关于做好{topic}工作的通知", issuer="青河市教育局", day=date(2020, 3, 10))
    i = m.interpretation(new, 3, "《{}》解读")
    return Scenario("逐年发文", [old, new, i], {(old.path, None): "missing", (new.path, i.path): "on_time"})


def other_year(m: Maker) -> Scenario:
    topic = m.topic()
    old = m.policy(f"关于做好2019年{topic}工作的通知", issuer="青河市教育局", day=date(2019, 3, 5))
    i = m.interpretation(old, 2, title=f"《关于做好2020年{topic}工作的通知》解读", published_date=date(2020, 3, 10))
    return Scenario("年份不同", [old, i], {(old.path, None): "missing"})


def draft_and_adopted(m: Maker) -> Scenario:
    topic, issuer = m.topic(), "南溪区人民政府"
    draft = m.policy(f"南溪区{topic}管理办法（征求意见稿）", issuer=issuer, day=date(2019, 3, 5), doc_number=None)
    adopted = m.policy(f"南溪区{topic}管理办法", issuer=issuer, day=date(2019, 7, 9))
    of_draft = m.interpretation(draft, 1, "《{}》起草说明")
    of_adopted = m.interpretation(adopted, 1, "《{}》解读")
    expected = {(draft.path, of_draft.path): "exempt", (adopted.path, of_adopted.path): "on_time"}
    return Scenario("草案与正式文件", [draft, adopted, of_draft, of_adopted], expected)


def draft_only_explained(m: Maker) -> Scenario:
    topic, issuer = m.topic(), "南溪区人民政府"
    draft = m.policy(f"南溪区{topic}管理办法（征求意见稿）", issuer=issuer, day=date(2019, 3, 5), doc_number=None)
    adopted = m.policy(f"南溪区{topic}管理办法", issuer=issuer, day=date(2019, 7, 9))
    of_draft = m.interpretation(draft, 1, "关于《{}》的起草说明")
    return Scenario(
        "只有草案说明", [draft, adopted, of_draft], {(draft.path, of_draft.path): "exempt", (adopted.path, None): "missing"}
    )


def repost(m: Maker) -> Scenario:
    p = m.policy(issuer="临江市人民政府", title=f"临江市人民政府关于加强{m.topic()}工作的意见")
    copy = replace(p, path=m.path("zzcopy"), published_date=p.issued_date + timedelta(days=30))
    p = replace(p, published_date=p.issued_date)
    i = m.interpretation(p, 2)
    again = replace(i, path=m.path("again"), published_date=p.issued_date + timedelta(days=40))
    expected = {(one.path, other.path): "on_time" for one in (p, copy) for other in (i, again)}
    return Scenario("转载", [p, copy, i, again], expected)


def light_words(m: Maker) -> Scenario:
    topic = m.topic()
    p = m.policy(f"青河市人民政府关于进一步加强{topic}保障工作的意见", issuer="青河市人民政府")
    i = m.interpretation(p, 1, title=f"《关于加强{topic}保障工作的意见》解读")
    return Scenario("标题略有出入", [p, i], {(p.path, i.path): "on_time"})


def other_subject(m: Maker) -> Scenario:
    one, two = m.random.sample(TOPICS, 2)
    p = m.policy(f"关于加强{one}工作的实施方案")
    i = m.interpretation(p, 1, title=f"《关于加强{two}工作的实施方案》解读")
    return Scenario("主题不同", [p, i], {(p.path, None): "missing"})


def by_content(m: Maker) -> Scenario:
    sentences = [
        f"第{n}项，{m.topic()}由{m.random.choice(DEPARTMENTS)}每{m.random.randrange(2, 99)}日核对一次并登记。" for n in range(60)
    ]
    p = m.policy("青河市优化营商环境若干措施", issuer="青河市人民政府", sketch=sketch_of("".join(sentences)))
    other = m.policy(
        "青河市公园管理办法", issuer="青河市人民政府", sketch=sketch_of("公园开放时间由管理单位公示，入园者爱护花木。" * 9)
    )
    told = "我们整理了要点。" + "".join(sentences[::2])
    i = m.interpretation(p, 1, title="一图读懂营商三十条", sketch=sketch_of(told), opening=told[:900])
    return Scenario("内容相近", [p, other, i], {(p.path, i.path): "on_time", (other.path, None): "missing"})


def by_link(m: Maker) -> Scenario:
    p = m.policy(address="http://www.example.gov.cn/zc/1.html")
    i = m.interpretation(
        p, 1, title="惠民举措早知道（政策解读）", links=(("政策原文", "https://example.gov.cn/zc/1.html"), ("首页", "/"))
    )
    return Scenario("链接", [p, i], {(p.path, i.path): "on_time"})


def declared(m: Maker) -> Scenario:
    p = m.policy()
    i = m.interpretation(p, 1, title="惠民举措早知道（政策解读）", interprets=(p.doc_number,))
    return Scenario("元数据注明", [p, i], {(p.path, i.path): "on_time"})


def before_the_demand(m: Maker) -> Scenario:
    p = m.policy(day=m.random.choice([date(2019, 2, 1), date(2018, 7, 3), date(2012, 5, 8)]))
    p = replace(p, published_date=m.random.choice([None, date(2019, 7, 9)]))
    return Scenario("规定出台前的文件", [p], {(p.path, None): "exempt"})


def exempt(m: Maker) -> Scenario:
    title = m.random.choice(
        [
            "关于周某某等同志任职的通知", "关于表彰防汛先进集体的决定", "关于中秋节放假的通知", "关于更正附件的通知",
            "关于调整防火指挥部成员的通知", "关于同意设立云岭开发区的批复", "关于召开全县水利工作会议的通知",
            "关于商请支持修桥的函", "转发省水务厅关于加强河道管护意见的通知",
        ]
    )  # fmt: skip
    p = m.policy(title)
    return Scenario("不需解读", [p], {(p.path, None): "exempt"})


def closed(m: Maker) -> Scenario:
    p = m.policy(publicity=m.random.choice(["不予公开", "依申请公开", "此件不公开"]))
    return Scenario("不公开", [p], {(p.path, None): "exempt"})


def lone_interpretation(m: Maker) -> Scenario:
    absent = m.policy("白沙省湿地公园条例实施细则")
    p = m.policy("青河市人民政府关于加强渔船检验的意见", issuer="青河市人民政府")
    return Scenario("文件不在库中", [p, m.interpretation(absent, 1, "《{}》解读")], {(p.path, None): "missing"})


def about_interpreting(m: Maker) -> Scenario:
    p = m.policy(f"关于做好政策解读工作的{m.random.choice(['通知', '意见', '实施办法'])}")
    return Scenario("关于解读工作的文件", [p], {(p.path, None): "missing"})


def news(m: Maker) -> Scenario:
    p = replace(m.policy("河道清淤现场见闻"), kind=DocumentKind.NEWS)
    return Scenario("新闻", [p], {})


def unannounced(m: Maker) -> Scenario:
    p = m.policy(day=date(2099, 3, 3))
    return Scenario("年度安排未公布", [p], {(p.path, None): "undetermined"})


SITUATIONS: tuple[Callable[[Maker], Scenario], ...] = (
    on_time, late, missing, published_starts, ahead_of_publication, before_document, contradiction, no_policy_date, no_text_date,
    future, future_text, several_for_one, one_for_several, number_in_opening, title_in_opening, superiors_document,
    own_document_on_superiors_basis, same_title_elsewhere, yearly, other_year, draft_and_adopted, draft_only_explained, repost,
    light_words, other_subject, by_content, by_link, declared, before_the_demand, exempt, closed, lone_interpretation,
    about_interpreting, news, unannounced,
)  # fmt: skip
