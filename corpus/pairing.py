"""Which document an interpretation interprets, with evidence and confidence.

Evidence is asked for in tiers, and the first tier that finds a document decides: what metadata declare; the title (quoted, or
without its brackets); the number or title that the first paragraphs say was made; links; content. Among documents of the same
title the issuer, the place, the number and the order of dates decide; where they do not, there is no pair: never a guess.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from shenwen.corpus.interpretation_titles import (
    Mention,
    Role,
    is_drafting_note,
    opening_mentions,
    title_mentions,
)
from shenwen.corpus.model import DocumentKind
from shenwen.corpus.pairing_tables import LOOK_UPS, Pairing, tables
from shenwen.corpus.publications import Publication, is_interpretation
from shenwen.corpus.published import Published
from shenwen.corpus.shelf import Shelf, file_linked
from shenwen.corpus.sketches import containment
from shenwen.corpus.title_keys import is_draft, key, keys_of, number_key, places

#: A document that came out this much later than the interpretation of a document of the same title is another version.
_OTHER_VERSION = timedelta(days=366)
#: Least share of an interpretation's pieces that stand in its document, when nothing but content speaks; and its lead.
_CONTENT, _LEAD = 0.25, 1.5
_SUBJECTS = frozenset({DocumentKind.POLICY, DocumentKind.LAW, DocumentKind.OTHER, DocumentKind.FORM})


@dataclass(frozen=True, slots=True)
class _Found:
    at: int
    confidence: float
    why: str


_Tier = Callable[[Shelf, Publication], list[_Found]]


def pair_all(publications: Iterable[Publication]) -> Pairing:
    """Pairs among the publications of a batch."""
    return paired(Published(publications))


def paired(items: Published, file: Path | None = None, scratch: Path | None = None) -> Pairing:
    """Pairs among any number of publications. Cost grows as n log n, memory by some 0.8 KB a publication.

    The tables are written into a new `file` (default: one that goes with the answer), what is needed meanwhile below `scratch`
    (default: the system's folder for such). Raises OSError, sqlite3.OperationalError where there is no room.
    """
    connection = tables(file)
    with TemporaryDirectory(dir=scratch) as folder:
        shelf = Shelf(items, connection, Path(folder))
        connection.execute("BEGIN")
        explaining, linking = array("q"), array("q")
        rows = _put_all(shelf, items, explaining, linking)
        connection.executemany("INSERT INTO publications VALUES (?, ?, ?, ?, ?)", rows)
        shelf.ready()
        found = ((at, each) for at, one in _found(shelf, explaining, linking) for each in _with_best(one))
        connection.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?)", ((at, f.at, f.confidence, f.why) for at, f in found))
        connection.execute("COMMIT")
    connection.executescript(LOOK_UPS)
    return Pairing(connection, items.read, items.beside)


def _put_all(shelf: Shelf, items: Published, explaining: array[int], linking: array[int]) -> Iterator[tuple[object, ...]]:
    """Put every document on the shelf: the rows of all publications. The positions of interpretations are noted, and those of documents
    whose pages link to others."""
    for at, item in enumerate(items):
        home = None
        if explains := is_interpretation(item):
            explaining.append(at)
        elif item.kind in _SUBJECTS:
            home = shelf.put(at)
            if item.links:
                linking.append(at)
        yield at, items.numbers[at], item.path, home, explains


def _found(shelf: Shelf, explaining: Sequence[int], linking: Sequence[int]) -> Iterator[tuple[int, list[_Found]]]:
    """For each interpretation the documents that are its own: first all that are named, then those of which only the text speaks."""
    from_documents = _links_from_documents(shelf, explaining, linking)
    loose = array("q")
    for at in explaining:
        item = shelf.items[at]
        if found := _first_tier(shelf, item) or _linked(shelf, item, from_documents.get(at, [])):
            yield at, found
        elif item.sketch and not any(not mention.bare for mention in title_mentions(item.title)):
            loose.append(at)
    if loose:
        yield from zip(loose, _by_content(shelf, loose), strict=True)


def _first_tier(shelf: Shelf, item: Publication) -> list[_Found]:
    tiers: tuple[_Tier, ...] = (_declared, _by_title, _by_opening)
    return next((found for tier in tiers if (found := tier(shelf, item))), [])


def _declared(shelf: Shelf, item: Publication) -> list[_Found]:
    found = []
    for name in item.interprets:
        number = number_key(name)
        at = shelf.numbered(number) if number else _titled(shelf, item, Mention(name, Role.TITLE))
        at = at or shelf.at_path(name)
        found += [_Found(i, 1.0, f"元数据注明解读“{name}”") for i in at]
    return found


def _by_title(shelf: Shelf, item: Publication) -> list[_Found]:
    found: list[_Found] = []
    for mention in title_mentions(item.title):
        if mention.number:
            found += [_Found(i, 0.97, f"标题写明文号“{mention.name}”") for i in shelf.numbered(mention.name)]
            continue
        if mention.bare and found:  # a title without brackets is what is left of the words: a number says more
            continue
        exact = _titled(shelf, item, mention)
        near = [] if exact else _sift(shelf, item, mention, shelf.near(mention.name))
        words = "标题写明" if exact else "标题与文件名称相近"
        found += [_Found(i, (0.95 if exact else 0.85) - 0.05 * mention.bare, f"{words}“{mention.name}”") for i in exact or near]
    return found


def _by_opening(shelf: Shelf, item: Publication) -> list[_Found]:
    """What the first paragraphs say was made. Where the title names a document that is not here, only a number counts."""
    named = [mention for mention in title_mentions(item.title) if not mention.bare]
    mentions = [m for m in opening_mentions(item.opening) if m.role is Role.MADE]
    spelt = named or [m for m in mentions if not m.number]
    found: list[_Found] = []
    for mention in mentions:
        if mention.number:
            at = [i for i in shelf.numbered(mention.name) if not spelt or _resembles(shelf, i, spelt)]
            found += [_Found(i, 0.93, f"开头写明文号“{mention.name}”") for i in at]
        elif not named:
            exact = _titled(shelf, item, mention)
            at = exact or _sift(shelf, item, mention, shelf.near(mention.name))
            found += [_Found(i, 0.9 if exact else 0.8, f"开头写明“{mention.name}”") for i in at]
    return _own_first(shelf, item, list({f.at: f for f in reversed(found)}.values()))


def _own_first(shelf: Shelf, item: Publication, found: list[_Found]) -> list[_Found]:
    """Of a superior's document and one's own in the same opening, one's own is interpreted."""
    own = places(item.issuers[0]) if item.issuers else {}
    same = [f for f in found if own and shelf.place(f.at) == own]
    return same or found


def _resembles(shelf: Shelf, at: int, named: Sequence[Mention]) -> bool:
    """Whether a document found by number may be the one that the title names in other words."""
    from difflib import SequenceMatcher

    core = shelf.keys(at).inner or shelf.keys(at).core
    return any(SequenceMatcher(None, keys_of(m.name).core, core, autojunk=False).ratio() >= 0.6 for m in named)


def _titled(shelf: Shelf, item: Publication, mention: Mention) -> list[int]:
    """Documents with the title of a mention: the most particular key that any has."""
    keys = keys_of(mention.name)
    for each in dict.fromkeys(k for k in (keys.full, keys.core, keys.inner, keys.placeless) if k):
        if at := _sift(shelf, item, mention, shelf.titled(each)):
            return at
    return []


def _sift(shelf: Shelf, item: Publication, mention: Mention, at: Sequence[int]) -> list[int]:
    """Of documents of about the same title those the interpretation can mean: one document with its copies, or none."""
    left = [i for i in at if not _contradicts(shelf, item, mention, i)]
    left = _right_stage(shelf, item, mention, left)
    for choose in (_by_numbers, _by_issuer, _by_place, _by_date):
        if len({shelf.families[i] for i in left}) <= 1:
            break
        left = choose(shelf, item, left) or left
    exact = [i for i in left if shelf.keys(i).full == keys_of(mention.name).full]
    left = exact or left
    return left if len({shelf.families[i] for i in left}) == 1 else _by_likeness(shelf, item, left)


def _contradicts(shelf: Shelf, item: Publication, mention: Mention, at: int) -> bool:
    """Whether issuer, place or date forbid that a document is the one that is meant."""
    named, has = keys_of(mention.name), shelf.keys(at)
    policy = shelf.items[at]
    issuers = {key(name) for name in (*policy.issuers, has.issuer) if name}
    if named.issuer and issuers and not any(_same_body(key(named.issuer), name) for name in issuers):
        return True
    if _elsewhere(places(named.inner or named.core), places(has.inner or has.core) or shelf.place(at)):
        return True
    theirs = shelf.place(at)
    ours = places(mention.name) or places(item.issuers[0] if item.issuers else "") or places(item.title)
    if any(rank in ours and ours[rank] != name for rank, name in theirs.items()):
        return True
    return bool(item.date and policy.date and policy.date - item.date > _OTHER_VERSION)


def _elsewhere(first: dict[str, str], second: dict[str, str]) -> bool:
    """Whether two titles are of different places: neither says only more than the other (本溪市 is not 辽宁省)."""
    return bool(first and second) and not (first.items() <= second.items() or second.items() <= first.items())


def _same_body(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    if short == long:
        return True
    # 省人民政府 for 湖北省人民政府, and one of several issuers; a government is not its office
    return len(short) >= 3 and (long.endswith(short) or long.startswith(short)) and ("办公" in short) == ("办公" in long)


def _right_stage(shelf: Shelf, item: Publication, mention: Mention, at: list[int]) -> list[int]:
    """An interpretation of a draft goes with the draft, another with the adopted document."""
    of_draft = is_draft(mention.name) or is_draft(item.title)
    fits = [i for i in at if shelf.keys(i).draft == of_draft]
    if fits or of_draft:
        return fits
    return at if is_drafting_note(item.title) else []


def _by_numbers(shelf: Shelf, item: Publication, at: list[int]) -> list[int]:
    cited = {m.name for m in opening_mentions(item.opening) if m.number}
    return [i for i in at if number_key(shelf.items[i].doc_number) in cited]


def _by_issuer(shelf: Shelf, item: Publication, at: list[int]) -> list[int]:
    names = {i: {n for n in (*shelf.items[i].issuers, shelf.keys(i).issuer) if len(n) > 2} for i in at}
    said = item.title + item.opening[:400]
    return [i for i in at if any(name in said or name in item.issuers for name in names[i])]


def _by_place(shelf: Shelf, item: Publication, at: list[int]) -> list[int]:
    said = item.title + "".join(item.issuers) + item.opening[:400]
    return [i for i in at if (where := shelf.place(i)) and all(name + rank in said for rank, name in where.items())]


def _by_date(shelf: Shelf, item: Publication, at: list[int]) -> list[int]:
    """The latest document that was there when the interpretation came out (yearly documents, amended ones)."""
    if item.date is None:
        return []
    before = [(day, i) for i in at if (day := shelf.items[i].date) and day <= item.date + timedelta(days=3)]
    last = max((day for day, _ in before), default=None)
    families = {shelf.families[i] for day, i in before if day == last}
    return [i for i in at if shelf.families[i] in families] if len(before) == len(at) or last else []


def _by_likeness(shelf: Shelf, item: Publication, at: list[int]) -> list[int]:
    ranked = sorted(((containment(item.sketch, shelf.items[i].sketch), i) for i in at), reverse=True)
    if not ranked or ranked[0][0] < 0.1:
        return []
    home = shelf.families[ranked[0][1]]
    rival = next((share for share, i in ranked if shelf.families[i] != home), 0.0)
    return sorted(i for i in at if shelf.families[i] == home) if ranked[0][0] >= _LEAD * rival else []


_LABELS = ("原文", "相关文件", "政策文件", "文件全文", "政策解读", "相关解读", "解读", "图解", "附件")


def _links_from_documents(shelf: Shelf, explaining: Iterable[int], linking: Sequence[int]) -> dict[int, list[int]]:
    """For an interpretation the documents whose page links to it, by address or by its title as the link's words."""
    found: dict[int, list[int]] = defaultdict(list)
    titles, addresses, paths = _link_targets(shelf, explaining if linking else ())
    for at in linking:
        policy = shelf.items[at]
        for words, address in policy.links:
            beside = paths.get(file_linked(address, policy.path)) if address else None
            target = next((each for each in (addresses.get(address), titles.get(key(words)), beside) if each is not None), None)
            if target is not None:
                found[target].append(at)
    return found


def _link_targets(shelf: Shelf, explaining: Iterable[int]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Interpretations by title, by address and by path."""
    titles: dict[str, int] = {}
    addresses: dict[str, int] = {}
    paths: dict[str, int] = {}
    for at in explaining:
        item = shelf.items[at]
        if len(title := key(item.title)) > 8:
            titles[title] = at
        if item.address:
            addresses[item.address] = at
        paths[item.path.replace("\\", "/")] = at
    return titles, addresses, paths


def _linked(shelf: Shelf, item: Publication, back: list[int]) -> list[_Found]:
    found = [_Found(at, 0.93, "文件页面链接到该解读") for at in back]
    for words, address in item.links:
        if at := shelf.at_address(address, item.path) if any(label in words for label in _LABELS) else []:
            found += [_Found(i, 0.9, f"解读页面以“{words}”链接到文件") for i in at]
    return found


def _by_content(shelf: Shelf, loose: Sequence[int]) -> Iterator[list[_Found]]:
    """For interpretations that nothing names a document for (一图读懂营商环境三十条) the one whose text they share."""
    shared = shelf.sharers(shelf.items[at].sketch for at in loose)
    for item, near in zip((shelf.items[at] for at in loose), shared, strict=True):
        best = [at for at in near if containment(item.sketch, shelf.items[at].sketch) >= _CONTENT]
        best = [at for at in best if not _contradicts(shelf, item, Mention("", Role.PLAIN), at) and not shelf.keys(at).draft]
        yield [
            _Found(at, 0.5 + containment(item.sketch, shelf.items[at].sketch) / 2, "内容与文件高度重合")
            for at in _by_likeness(shelf, item, best)
        ]


def _with_best(found: list[_Found]) -> list[_Found]:
    """Each document once, by its best evidence."""
    best: dict[int, _Found] = {}
    for each in found:
        if each.at not in best or each.confidence > best[each.at].confidence:
            best[each.at] = each
    return [best[at] for at in sorted(best)]
