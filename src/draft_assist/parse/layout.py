"""Which lines are title, document number, recipients, signature, attachment list and so on, and where the document
proper begins when a covering notice carries it (印发…的通知).

Works on lines, before there is a tree: it changes `Line.mark` and sets `Line.joins` on lines that continue a clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from draft_assist.model import Region
from draft_assist.parse.dates import read_date_line
from draft_assist.parse.lines import Line
from draft_assist.parse.markers import DIVISIONS, STRUCTURAL, Mark
from draft_assist.patterns import compiled


class Layout:
    """What was found, as indexes into the lines.

    Attributes:
        main: first line of the document proper; 0 when there is no covering notice.
        title: (first, last) line of the title of the document proper, or None.
        cover_title: of the covering notice, or None.
        signatures: (first, last) line of each signature, in order.
        numbers: lines that are a document number, sound or damaged.
        registration: line of the registration number, or None.
        recipients: line of the recipients, or None.
        letterhead: line that is the issuing organ alone above the title, or None.
    """

    def __init__(self) -> None:
        self.main = 0
        self.title: tuple[int, int] | None = None
        self.cover_title: tuple[int, int] | None = None
        self.signatures: list[tuple[int, int]] = []
        self.numbers: list[int] = []
        self.registration: int | None = None
        self.recipients: int | None = None
        self.letterhead: int | None = None


def lay_out(lines: list[Line], value: str) -> Layout:
    """Find the parts around the text; see `Layout`."""
    layout = Layout()
    _mark_contents(lines, value)
    _mark_short_lines(lines, value, layout)
    _mark_attachment_lists(lines, value)
    _mark_last_organ(lines, value, layout)
    front_end = _front_end(lines)
    _mark_recipients(lines, value, layout, front_end)
    _mark_titles(lines, value, layout, front_end)
    _find_main(lines, value, layout)
    _mark_attachment_titles(lines, value)
    return layout


# --- contents -----------------------------------------------------------------------------------------------------

_LEADER = compiled(r"(?:[.．…·\-—_]{2,}|\s{2,}|\s*\.{2,})\s*[（(]?\d{1,4}[）)]?$")
# An entry of a table of contents is a heading; no heading is longer.
_LONGEST_ENTRY = 60


def _mark_contents(lines: list[Line], value: str) -> None:
    """目录 and the entries below it, up to where the first entry comes again as a heading."""
    division = next((index for index, line in enumerate(lines) if line.mark in DIVISIONS), None)
    for index, line in enumerate(lines):
        if line.mark == Mark.CONTENTS and not line.joins:
            _join(lines, (index, _contents_end(lines, value, index + 1) - 1), Mark.CONTENTS)
        elif index == division and index + 1 < len(lines) and lines[index + 1].mark in DIVISIONS:
            # A list of chapters without the word 目录: the first one comes again right after the last.
            end = _contents_end(lines, value, index)
            if end > index + 1 and all(entry.mark in DIVISIONS for entry in lines[index:end]):
                _join(lines, (index, end - 1), Mark.CONTENTS)


def _contents_end(lines: list[Line], value: str, start: int) -> int:
    first: tuple[int, tuple[int, ...]] | None = None
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        text = line.text(value)
        if len(text) > _LONGEST_ENTRY or text[-1] in "。；" or line.region is not Region.BODY:
            break
        if line.mark == Mark.CONTENTS:
            break
        if line.mark in STRUCTURAL:
            if first is None:
                first = (line.mark, line.number)
            elif first == (line.mark, line.number) and line.mark != Mark.STYLED:
                return index
        if _LEADER.search(text):
            end = index + 1
    return end


# --- short lines known by their words ------------------------------------------------------------------------------

_BRACKETS = "〔\\[［【（("
_CLOSING = "〕\\]］】）)"
_NUMBER_LINE = compiled(
    rf"(?:签发人.{{0,10}}\s)?[（(]?[一-龥xX×]{{1,14}}(?:[（(][一-龥]{{1,4}}[）)][一-龥]{{0,4}})?\s?"
    rf"(?:[{_BRACKETS}]\s?[\dxX×]{{2,8}}\s?[{_CLOSING}]?\s?第?\s?[\dxX×]{{0,5}}\s?号?)[）)]?(?:\s+签发人.{{0,12}})?"
)
_ORDER_LINE = compiled(r"第\s?(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,6}|[xX×]{1,3})\s?号")
_REGISTRATION_LINE = compiled(
    r"(?:(?:规范性文件)?(?:统一)?(?:登记|编)(?:编)?号\s?[：:]?\s?\S{4,24}|[A-Z]{2,8}[-—]?(?:19|20)\d\d[-—]?\d{3,7})"
)
_IMPRINT = compiled(
    r"抄\s?[送报][：:]|[（(]此件.{2,12}[）)]$|此件.{2,8}$|信息公开选项|[（(]?联系人[：:]|校对[：:]|打字[：:]|印发份数"
)
_PRINTED = compiled(r".{0,30}\d{4}年\d{1,2}月\d{1,2}日?\s*印发")
_ORGAN = compiled(
    r"[一-龥（）()、\s]{0,34}(?:人民政府|政府|办公室|办公厅|委员会|[局厅部院署会处所站队馆室办]|中心|公司|集团|指挥部|小组|街道|法院|总社)"
    r"(?:\s?[（(](?:盖章|公章|印章|代章|章|印)[）)])?"
)
_NOT_ORGAN = compiled(r"[，。；：]|关于|方案|意见|机会|社会$|部分|全部|干部|内部|外部|场所|处所|一会|法律责任")
_OFFICIAL = compiled(
    r"(?:代)?(?:省长|市长|县长|区长|州长|旗长|盟长|乡长|镇长|主任|局长|厅长|部长|署长|行长|院长|会长|主席|总理)\s*[：:]?\s*[一-龥·\s]{2,12}"
)
_SIGNED_DATE = compiled(r"(.{2,40}?)\s{1,20}((?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)")
# The parts of the head and foot of a document are short.
_LONGEST_SHORT_LINE = 60


def is_organ(text: str) -> bool:
    """True for a line that is the name of an organ and nothing else."""
    return len(text) <= 40 and _ORGAN.fullmatch(text) is not None and _NOT_ORGAN.search(text) is None


def _mark_short_lines(lines: list[Line], value: str, layout: Layout) -> None:
    """Numbers, registration numbers, imprint lines and signatures."""
    content_seen = False
    for index, line in enumerate(lines):
        size = line.end - line.head
        if line.mark != Mark.PLAIN or line.region is not Region.BODY:
            content_seen = content_seen or (line.mark in STRUCTURAL and line.mark != Mark.STYLED)
            continue
        last = value[line.end - 1]
        if size > _LONGEST_SHORT_LINE or last == "。":
            content_seen = content_seen or size > 30
            if value[line.head] == "抄" and _IMPRINT.match(value, line.head, line.end):
                line.mark = Mark.IMPRINT
            continue
        text = value[line.head : line.end]
        if not content_seen and size <= 50 and last in "号〕]］】）)0123456789xX×人" and _mark_number(line, text):
            if line.mark == Mark.NUMBER:
                layout.numbers.append(index)
            elif layout.registration is None:
                layout.registration = index
        elif _IMPRINT.match(text) or (last == "发" and _PRINTED.fullmatch(text)):
            line.mark = Mark.IMPRINT
        elif content_seen and last in "日号月）)0123456789" and (span := _signature(lines, value, index, text)):
            _join(lines, span, Mark.SIGNATURE)
            layout.signatures.append(span)
        elif last in "：:":
            content_seen = True


def _mark_number(line: Line, text: str) -> bool:
    if _NUMBER_LINE.fullmatch(text) or _ORDER_LINE.fullmatch(text):
        line.mark = Mark.NUMBER
    elif _REGISTRATION_LINE.fullmatch(text):
        line.mark = Mark.REGISTRATION
    return line.mark != Mark.PLAIN


def _signature(lines: list[Line], value: str, index: int, text: str) -> tuple[int, int] | None:
    """The lines of the signature that ends in the date at `index`; None when the date stands there otherwise."""
    both = _SIGNED_DATE.fullmatch(text)
    if both is None and read_date_line(text) is None:
        return None
    first = index
    # Eight organs may sign one document.
    while first and index - first < 8 and lines[first - 1].mark == Mark.PLAIN:
        above = lines[first - 1].text(value)
        if not is_organ(above) and not _OFFICIAL.fullmatch(above):
            break
        first -= 1
    if first < index or (both is not None and is_organ(both[1])):
        return first, index
    ends = index + 1 >= len(lines) or lines[index + 1].mark in (Mark.ATTACHMENT, Mark.IMPRINT)
    return (index, index) if ends and both is None else None


def _mark_last_organ(lines: list[Line], value: str, layout: Layout) -> None:
    """A signature without a date at the very end of the text or right above the attachments."""
    ends = [index for index, line in enumerate(lines) if line.mark == Mark.ATTACHMENT and index > 3][:1]
    ends.append(len(lines))
    for end in ends:
        last = end - 1
        while last > 0 and lines[last].mark == Mark.IMPRINT:
            last -= 1
        if last < 2 or lines[last].mark != Mark.PLAIN or lines[last].region is not Region.BODY:
            continue
        if is_organ(lines[last].text(value)) and value[lines[last - 1].end - 1] in "。；！":
            _join(lines, (last, last), Mark.SIGNATURE)
            layout.signatures = sorted([*layout.signatures, (last, last)])


def _join(lines: list[Line], span: tuple[int, int], mark: Mark) -> None:
    """Make one clause of the lines from `span[0]` to `span[1]`, both included."""
    for index in range(span[0], span[1] + 1):
        lines[index].mark, lines[index].joins, lines[index].weak = mark, index > span[0], False


# --- attachments --------------------------------------------------------------------------------------------------

# Attachments named below the text; more than this many lines are their content.
_LONGEST_LIST = 40


def _mark_attachment_lists(lines: list[Line], value: str) -> None:
    """Tell 附件：1.…表 below the text, which only names attachments, from 附件 that opens one."""
    for index, line in enumerate(lines):
        if line.mark == Mark.ATTACHMENT and (end := _list_end(lines, value, index)):
            _join(lines, (index, end - 1), Mark.ATTACHMENT_LIST)


def _list_end(lines: list[Line], value: str, start: int) -> int:
    """Index after the list that begins at `start`; 0 when `start` opens an attachment."""
    opens_with_name = bool(lines[start].words(value)) or value[lines[start].end - 1] in "：:"
    if not opens_with_name:
        return 0
    for index in range(start + 1, min(len(lines), start + _LONGEST_LIST)):
        line = lines[index]
        text = line.text(value)
        if line.mark in (Mark.SIGNATURE, Mark.IMPRINT) or is_organ(text):
            return index
        if line.mark == Mark.ATTACHMENT:
            if not line.words(value) or line.number in ((), (1,)) or line.number <= lines[start].number:
                return index
            continue
        if line.mark not in (Mark.DIGIT, Mark.PLAIN) or len(text) > _LONGEST_SHORT_LINE or text[-1] in "。：，":
            return 0
    if len(lines) > start + _LONGEST_LIST:
        return 0
    following = lines[start + 1 :]
    # Nothing but names until the end of the text.
    return len(lines) if all(line.mark in (Mark.DIGIT, Mark.ATTACHMENT) for line in following) else 0


def _mark_attachment_titles(lines: list[Line], value: str) -> None:
    for index, line in enumerate(lines):
        if line.mark == Mark.ATTACHMENT and index + 1 < len(lines) and lines[index + 1].mark != Mark.TITLE:
            last = title_run(lines, value, index + 1)
            if last is not None:
                _join(lines, (index + 1, last), Mark.TITLE)


# --- front --------------------------------------------------------------------------------------------------------

_RECIPIENT_WORDS = compiled(
    r"人民政府|政府|委员会|街道|办事处|[局厅院署办]|部门|机构|单位|公司|企业|院校|学校|各[乡镇县区市省部村社科室站所街]|同志"
)
_NOT_RECIPIENT = compiled(r"如下|下列|。|以下|规定|通过|目的|是：|包括|为：|决定：")
_LONGEST_RECIPIENTS = 400


def _front_end(lines: Sequence[Line]) -> int:
    """Index of the first line that surely belongs to the text: a numbered one."""
    for index, line in enumerate(lines):
        if line.mark in STRUCTURAL and line.mark != Mark.STYLED and not line.weak and line.region is Region.BODY:
            return index
    return len(lines)


def _mark_recipients(lines: list[Line], value: str, layout: Layout, front_end: int) -> None:
    for index in range(min(front_end, 40)):
        line = lines[index]
        size = line.end - line.head
        if line.mark != Mark.PLAIN or value[line.end - 1] not in "：:" or size > _LONGEST_RECIPIENTS:
            continue
        text = line.text(value)
        if _RECIPIENT_WORDS.search(text) and not _NOT_RECIPIENT.search(text):
            line.mark = Mark.RECIPIENTS
            layout.recipients = index
            return


_TITLE_WORDS = (
    "通知|通告|公告|通报|决定|决议|命令|令|意见|办法|规定|细则|规则|规程|规范|准则|守则|条例|章程|方案|规划|纲要|计划|要点"
    "|安排|预案|报告|总结|批复|函|请示|纪要|说明|解释|答复|指南|指引|目录|清单|标准|制度|合同|协议|协议书|措施|法|法典|公报|基准"
    "|倡议书|讲话|提纲|通则|办理程序|工作规程|行动|政策|流程|程序|考核|补充规定|名单|表|承诺书|一览|分工|部署"
)
_TITLE_TAIL = compiled(
    r"[（(](?:试\s?行|暂\s?行|草\s?案.{0,14}|.{0,8}稿.{0,12}|修订.{0,6}|修正.{0,6}|(?:19|20)[\dxX×]{2}.{0,16}|第.{1,8}版|送审.{0,8}"
    r"|代拟.{0,6}|节选|摘要|.{1,14}规划.{0,8})[）)]"
)
_TITLE_END = compiled(
    rf"(?:{_TITLE_WORDS})(?:》|〉|”)?(?:[（(][^（()）]{{1,24}}[）)])*(?:之[一二三])?$|》(?:{_TITLE_TAIL.pattern})*$"
)
_TITLE_NEXT = compiled(r"的(?:通知|公告|决定|通告|函|批复|意见)$|(?:的)?通\s?知$")
_LONGEST_TITLE_LINE = 70
# 2023年12月29日第十四届…会议通过的《…》 tells the history of a text.
_PASSED = compiled(r"[（(]?(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日.*(?:通过|公布|发布|修正|修订|批准|会议)")


def _may_be_title(line: Line, text: str) -> bool:
    return (
        line.mark in (Mark.PLAIN, Mark.STYLED, Mark.TITLE)
        and line.region is Region.BODY
        and len(text) <= _LONGEST_TITLE_LINE
        and text[-1] not in "。；：:，、！？,;"
        and _PASSED.match(text) is None
        and read_date_line(text) is None
    )


def title_run(lines: Sequence[Line], value: str, start: int) -> int | None:
    """Index of the last line of the title that begins at `start`; None when none begins there."""
    joined = ""
    last: int | None = None
    organs = 0
    while start + organs + 1 < len(lines) and organs < 6 and is_organ(lines[start + organs].words(value)):
        organs += 1
    for index in range(start, min(start + organs + 5, len(lines))):
        line = lines[index]
        text = "".join(line.words(value).split())
        if not text or not _may_be_title(line, text) or (index > start and line.depth and line.mark == Mark.STYLED):
            break
        joined += text
        if last is None:
            if index > start + organs and not _goes_on(joined, text):
                break
            if index >= start + organs and _TITLE_END.search(joined) and "：" not in joined:
                last = index
        elif _TITLE_TAIL.fullmatch(text) or text.startswith(("关于", "《")) or _TITLE_NEXT.fullmatch(text[-12:]):
            last = index
        else:
            break
    # An organ's name alone above a title is a letterhead, unless the title goes on from it.
    if last is not None and organs and not lines[start + organs].words(value).startswith(_AFTER_ORGAN):
        return None
    return last


_AFTER_ORGAN = ("关于", "《", "令", "公告", "通告", "办公室", "通知")


def _goes_on(joined: str, text: str) -> bool:
    """True when a title may break before `text`: 某县人民政府 / 关于印发… / 的通知."""
    return "关于" in joined or len(joined) - len(text) <= 25


def title_organs(lines: Sequence[Line], value: str, span: tuple[int, int]) -> list[str]:
    """The organs that stand on lines of their own at the beginning of a title."""
    found: list[str] = []
    for index in range(span[0], span[1]):
        text = lines[index].words(value)
        if not is_organ(text):
            break
        found += text.split()
    return found


def _mark_titles(lines: list[Line], value: str, layout: Layout, front_end: int) -> None:
    """The title or titles above the text; the last one is the document's, earlier ones are of the web page."""
    index = sentences = 0
    end = min(front_end, 80 if layout.recipients is None else layout.recipients)
    if layout.signatures:
        end = min(end, layout.signatures[0][0])
    # A wrapper line or two may stand above the title; below it, the text has begun.
    while index < end and sentences < (3 if layout.title is None else 1):
        line = lines[index]
        last = title_run(lines, value, index)
        if last is None and layout.title is None and line.mark == Mark.STYLED and line.depth == 1:
            last = index
        if last is not None and last < end:
            # A title that the source marks as one is not replaced by a plain line that looks like one.
            weaker = layout.title is not None and lines[layout.title[0]].depth == 1 and not line.depth
            _join(lines, (index, last), Mark.TITLE)
            layout.title = layout.title if weaker else (index, last)
            index = last + 1
            continue
        if line.mark == Mark.PLAIN:
            text = line.text(value)
            sentences += text[-1] == "。" and len(text) > 30
            if layout.title is None and (is_organ(text.removesuffix("文件"))) and layout.letterhead is None:
                layout.letterhead = index
        index += 1
    if layout.letterhead is not None and layout.title is not None:
        lines[layout.letterhead].mark = Mark.LETTERHEAD


# --- a covering notice and what it carries ------------------------------------------------------------------------

# What a covering notice says in its title, and what in its text.
_ISSUES = compiled(r"印发|转发|批转|公布|发布|下发|颁[布发]|批准|令(?:[（(].*)?$")
_ISSUES_HEREBY = compiled(
    r"现(?:将|予|印发|公布|发布|转发|批转|下发)|印发给你们|予以(?:印发|公布|发布|转发)|(?:公布|印发|发布)施行"
)
# Cover letters are short; a "second title" further down is something else.
_LONGEST_COVER = 60


def _find_main(lines: list[Line], value: str, layout: Layout) -> None:
    """Find the title of the document that a covering notice carries; the notice's own becomes `cover_title`."""
    cover = "" if layout.title is None else _joined(lines, value, layout.title)
    start = max(layout.title[1] + 1 if layout.title else 0, (layout.recipients or 0) + 1)
    signed = {last + 1 for _, last in layout.signatures}
    after_signature = False
    sentence_seen = False
    for index in range(start, min(len(lines), start + _LONGEST_COVER)):
        line = lines[index]
        if line.mark == Mark.ATTACHMENT:
            _take_attached_title(lines, value, layout, index + 1, cover)
            return
        after_signature = after_signature or index in signed
        if line.mark in (Mark.PLAIN, Mark.STYLED) and sentence_seen:
            last = title_run(lines, value, index)
            if last is not None and (after_signature or _is_carried(_joined(lines, value, (index, last)), cover)):
                if _has_content(lines, last + 1) and _carries(lines, value, index, cover):
                    layout.cover_title, layout.title = layout.title, (index, last)
                    layout.main = index
                    _join(lines, (index, last), Mark.TITLE)
                return
        sentence_seen = sentence_seen or value[line.end - 1] in "。："


def _take_attached_title(lines: list[Line], value: str, layout: Layout, index: int, cover: str) -> None:
    """附件 that is the very document the notice issues: its title is the document's, its clauses stay in 附件."""
    last = title_run(lines, value, index) if index < len(lines) else None
    if last is not None and _is_carried(_joined(lines, value, (index, last)), cover):
        layout.cover_title, layout.title = layout.title, (index, last)
        _join(lines, (index, last), Mark.TITLE)


def _carries(lines: list[Line], value: str, end: int, cover: str) -> bool:
    """True when what stands before `end` reads as a covering notice; a text in articles is none."""
    above = lines[:end]
    if any(line.mark == Mark.ARTICLE for line in above):
        return False
    return _ISSUES.search(cover) is not None or any(_ISSUES_HEREBY.search(line.text(value)) for line in above)


def _joined(lines: Sequence[Line], value: str, span: tuple[int, int]) -> str:
    return "".join(lines[index].words(value) for index in range(span[0], span[1] + 1)).replace(" ", "")


def _is_carried(name: str, cover: str) -> bool:
    """True when the covering notice's title holds `name`: 关于印发《某县…办法》的通知 holds 某县…办法."""
    # Shorter names (通知, 工作方案) stand in many titles by chance.
    plain = re.sub(r"[《》〈〉]", "", name)
    return len(plain) >= 7 and plain in re.sub(r"[《》〈〉]", "", cover) and plain != cover


def _has_content(lines: Sequence[Line], start: int) -> bool:
    following = lines[start : start + 6]
    return any(line.mark in STRUCTURAL or line.end - line.head > 30 for line in following)


def numbered_continuation(lines: Sequence[Line]) -> list[int]:
    """For each line the index of the next list marker after it, or len(lines)."""
    following = len(lines)
    result = [0] * len(lines)
    for index in range(len(lines) - 1, -1, -1):
        result[index] = following
        if lines[index].mark != Mark.PLAIN and lines[index].mark in STRUCTURAL:
            following = index
    return result
