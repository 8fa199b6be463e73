"""Lines that a web page or a collection site put around the document: cut, and listed with their reason.

A line goes only when it matches as a whole; nothing is taken out of the middle of a sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from draft_assist.normalise.tape import Edit
from draft_assist.patterns import compiled

NAVIGATION = "导航"
ADVERTISEMENT = "广告"
WEB_FACTS = "网页信息"
WRAPPER = "范文网站的套话"
DISCLAIMER = "来源与免责声明"

ESSAY_NOTE = "文中有范文网站的痕迹，来源不是制定机关，不能作为依据引用"
COLLECTED_NOTE = "文中注明来自网络整理，来源不明，不能作为依据引用"

# Web lines are short; the spam and wrapper lines of collection sites reach some hundred characters.
_LONGEST = 400

_TOOL = (
    "(?:打印(?:本页|文章)?|关闭(?:本页|窗口)?|返回(?:顶部|首页|列表)?|收藏(?:本页)?|字体|字号|大|中|小|默认|繁体|简体|朗读|"
    "分享|转发|复制链接|微信|微博|新浪微博|腾讯微博|QQ空间|朋友圈|纠错|我要纠错|下载|无障碍|长者模式|适老模式|登录|注册|"
    "首页|网站地图|联系我们|关于我们|加入收藏|设为首页|English|RSS)"
)
_NAVIGATION = (
    rf"(?:您|你)?(?:现在|当前|目前)?(?:所在|的)*位置(?:是|为)?[ ]?[:：].{{0,150}}|"
    rf"首页[ ]?(?:>|>>|»|›|→|/|—)[ ]?.{{1,120}}|"
    rf"(?!.*(?:须|应当?|必须|方可|方能|才能|不得|一律|凭)).{{0,10}}(?:扫一扫|扫描二维码|扫码).{{0,12}}(?:手机|打开|分享|关注|当前页|阅读|访问).{{0,12}}|"
    rf"[•·*-]?[ ]?分享(?:到|至|给)[:：]?(?:[ ]|{_TOOL}|[•·|])*|"
    rf"(?:[【\[（(|/\-•·][ ]?)?{_TOOL}(?:[ 】\]）)|/：:\-•·【\[（(]+{_TOOL})*[ 】\]）)|/：:\-•·]*|"
    rf"上一[篇条页][ ]?[:：]?.{{0,80}}|下一[篇条页][ ]?[:：]?.{{0,80}}|"
    rf"(?:相关(?:新闻|链接|文章|阅读|稿件|信息|推荐|报道)|热门(?:文章|新闻|推荐))[ ]?[:：]?|"
    rf"(?:推荐阅读|猜你喜欢|延伸阅读|友情链接|快速链接)[ ]?[:：]?|"
    rf"关注[ ]?[·:：][ ]?.{{1,30}}|"
    rf"[•·|>»\-–—][ ]?[•·|>»\-]?"
)
_FACT = (
    "(?:发布(?:日期|时间|机构|单位|者)|更新(?:日期|时间)|"
    "浏览(?:次数|量)?|点击(?:数|率|量|次数)?|阅读(?:次数|量)?|访问(?:量|次数)|"
    "作者|编辑|责任编辑|责编|来源|信息来源|稿源|字体大小|字号)"
)
# Two such fields on one line, or one with a bullet, or a counter alone. One alone may belong to the document.
_WEB_FACTS = (
    rf"{_FACT}[ ]?[:：][^。；]{{0,40}}?[ |]+{_FACT}[ ]?[:：][^。；]{{0,120}}|"
    rf"[•·][ ]?{_FACT}[ ]?[:：][^。；]{{0,60}}|"
    rf"[•·][ ]?\d{{4}}-\d{{1,2}}-\d{{1,2}}(?:[ ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?|"
    rf"(?:浏览(?:次数|量)|点击(?:数|率|量|次数)|阅读(?:次数|量)|访问(?:量|次数))[ ]?[:：][ ]?\d*[ ]?次?|"
    rf".{{0,60}}(?:ICP[备证][ ]?(?:第)?[ ]?\d+|公网安备[ ]?\d+|网站标识码[ ]?[:：]?[ ]?\w+).{{0,120}}|"
    rf"版权所有[ ]?[:：©].{{0,120}}|Copyright[ ]?©?.{{0,120}}|(?:技术支持|建议使用.{{0,20}}浏览器).{{0,80}}"
)
_DISCLAIMER = (
    r"(?:文章)?来源[ ]?[:：][ ]?(?:网络(?:整理|收集|转载)?|互联网|本站原创)(?:[ ]?(?:免责)?声明[ ]?[:：].{0,150})?|"
    r"免责声明[ ]?[:：].{0,200}|本文(?:仅|只)(?:限|供)(?:学习|参考|交流).{0,120}|"
    r"如(?:有|产生)(?:侵权|版权).{0,60}(?:删除|处理)。?"
)
_WRAPPER = (
    r"前言[:：].{0,60}(?:本站|本网|小编|为你|为您).{0,200}|"
    r".{0,40}(?:小编|本站|本网)(?:为|给)(?:你|您|大家).{0,20}(?:整理|收集|带来|准备|提供|推荐).{0,160}|"
    r".{0,30}(?:本文|本范文|本资料)(?:由|来自|来源于|出自).{0,20}(?:范文|文秘|公文|文库).{0,60}|"
    r"(?:更多|相关|推荐)(?:.{0,12})范文.{0,60}|"
    r".{0,20}(?:客服|在线)(?:老师|编辑).{0,80}(?:范文|代写|咨询).{0,40}"
)


class _Family(NamedTuple):
    reason: str
    hint: re.Pattern[str]  # cheap: must occur in the line
    whole: re.Pattern[str]


def _family(reason: str, hint: str, whole: str) -> _Family:
    return _Family(reason, compiled(hint), re.compile(rf"[ ]*(?:{whole})[ ]*", re.IGNORECASE))


_FAMILIES = (
    _family(WRAPPER, "本站|本网|小编|范文|文秘|文库|客服", _WRAPPER),
    _family(DISCLAIMER, "来源|声明|本文|版权|侵权", _DISCLAIMER),
    _family(NAVIGATION, "", _NAVIGATION),
    _family(WEB_FACTS, r"[:：]|ICP|备|[•·]|©|Copyright|技术支持|浏览器", _WEB_FACTS),
)
# One of these starts or marks any line the families can match; a text without them is not walked line by line.
_HINT_LINE = re.compile(
    r"^[ ]*(?:[•·*|>»\-–—【\[（(/]|(?:您|你)?(?:现在|当前|目前)?(?:所在|的)*位置|首页|.{0,10}扫|分享|打印|关闭|返回|"
    r"收藏|字体|字号|大[ ]|上一|下一|相关|热门|推荐|猜你|延伸|友情|快速|关注|发布|更新|浏览|点击|阅读|访问|作者|编辑|"
    r"责任编辑|责编|来源|信息来源|稿源|版权|Copyright|技术支持|建议使用|文章来源|免责|本文|如有|如产生|前言|更多|登录|注册|English|"
    r"RSS|网站|联系|关于我们|加入|设为|微|QQ|新浪|腾讯|朋友圈|纠错|我要|下载|无障碍|长者|适老|默认|繁体|简体|朗读|转发|"
    r"复制|中[ ]|小[ ]).*$|"
    r"^.*(?:本站|本网|小编|范文|文秘|文库|客服|ICP|公网安备|网站标识码).*$",
    re.MULTILINE,
)
_SPAM_SURE = compiled(
    "无码|一区二区|二区三区|少妇|熟女|人妻|寡妇|精品国产|国产精品|久久精|免费观看|在线观看|成人(?:网|电影|视频|小说)|"
    "百家乐|真人荷官|注册送|送彩金|首存|返水|时时彩|六合彩|娱乐城|葡京|北京赛车|代开发票"
)
_SPAM = compiled(
    "无码|一区|二区|三区|少妇|熟女|人妻|寡妇|精品|国产|久久|免费观看|在线观看|成人|影院|亚洲|欧美|日韩|av|中文字幕|激情|高清|视频|"
    "百家乐|荷官|注册送|彩金|首存|返水|时时彩|六合彩|娱乐城|葡京|赛车|棋牌|投注|开户|官网|平台|下载|发票|微信"
)
# A sentence of law or of a report about such things: never spam.
_ABOUT = compiled("禁止|严禁|打击|查处|取缔|整治|不得|违法|依法|查获|清理|第[一二三四五六七八九十百0-9]+条")
_KEYWORD = compiled("论文|范文|作文|心得|征文|总结|报告|意见|计划|方案|演讲稿")


def boilerplate_cuts(text: str) -> tuple[list[Edit], tuple[str, ...]]:
    """Cuts of whole lines, each without its line feed, and notes on where the text comes from."""
    edits: list[Edit] = []
    notes: list[str] = []
    for match in _HINT_LINE.finditer(text):
        if match.end() - match.start() > _LONGEST or match.end() == match.start():
            continue
        reason = _reason(match[0])
        if reason:
            edits.append(Edit(match.start(), match.end(), "", reason))
    edits += _spam_cuts(text)
    tail = _keyword_tail(text)
    if tail is not None:
        edits.append(tail)
    reasons = {edit.reason for edit in edits}
    if WRAPPER in reasons:
        notes.append(ESSAY_NOTE)
    if any(edit.reason == DISCLAIMER and "网" in text[edit.start : edit.end] for edit in edits):
        notes.append(COLLECTED_NOTE)
    return _in_order(edits), tuple(notes)


def _reason(line: str) -> str:
    return next((one.reason for one in _FAMILIES if one.hint.search(line) and one.whole.fullmatch(line)), "")


def _spam_cuts(text: str) -> list[Edit]:
    cuts: list[Edit] = []
    for match in _SPAM_SURE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        if (cuts and cuts[-1].start == start) or end - start > _LONGEST:
            continue
        line = text[start:end]
        if len(set(_SPAM.findall(line))) >= 3 and "。" not in line and not _ABOUT.search(line):
            cuts.append(Edit(start, end, "", ADVERTISEMENT))
    return cuts


def _keyword_tail(text: str) -> Edit | None:
    """The last line, when it is a row of search words: five or more without punctuation, two of them kinds of essay."""
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    line = text[start:end]
    words = line.split()
    if len(words) < 5 or start == 0 or any(len(word) > 14 for word in words) or re.search("[，。；：、]", line):
        return None
    kinds = sum(_KEYWORD.search(word) is not None for word in words)
    return Edit(start, end, "", WRAPPER) if kinds >= 2 and kinds * 3 >= len(words) else None


def _in_order(edits: list[Edit]) -> list[Edit]:
    """Sorted, each line once."""
    ordered: list[Edit] = []
    for edit in sorted(edits):
        if not ordered or edit.start >= ordered[-1].end:
            ordered.append(edit)
    return ordered
