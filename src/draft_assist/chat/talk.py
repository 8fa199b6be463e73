"""Answers to what is no question of law: greetings, thanks, what this is, and what it is not for."""

from __future__ import annotations

from collections.abc import Iterator

from draft_assist.chat.desk import Desk, Page
from draft_assist.chat.intents import Asks, Intent

_CAN = (
    "可以问我：某条法律怎么规定（行政处罚法第十六条）、某部法律是否有效、某段条款有没有问题（把条款放在引号里）、"
    "谁可以设定某项权力（县政府能不能设定行政许可）、引用对不对、制定文件有什么要求（公开征求意见要多少天）。"
)
_WORDS = {
    Asks.EMPTY: f"没有看到问题。{_CAN}",
    Asks.GREETING: f"您好。{_CAN}",
    Asks.THANKS: "不客气。还有问题可以接着问。",
    Asks.HELP: f"这是规范性文件预审助手，按本机收录的法律条文和审查规则回答，依据都注明来源，供审核人员参考。{_CAN}",
    Asks.OFF_TOPIC: f"这不在我能回答的范围内：我只回答法律条文、规范性文件审查和起草方面的问题。{_CAN}",
}


def answer_talk(intent: Intent, desk: Desk, page: Page) -> Iterator[str]:
    """A short answer."""
    page.is_enough = intent.asks not in (Asks.EMPTY, Asks.OFF_TOPIC)
    yield f"{_WORDS[intent.asks]}\n"
