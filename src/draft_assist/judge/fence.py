"""Text of documents enters a prompt as data: between two lines that it cannot hold, and without chat marks.

    fenced("待审条文", "第三条　……")   ->   <<<待审条文 0c4e61b2f0a3 开始>>>
                                            第三条　……
                                            <<<待审条文 0c4e61b2f0a3 结束>>>

The number is worked out from the text, so that the same question is the same prompt and its answer can be kept. No text
holds its own number, and `<<<` in a text is taken apart, so that none holds the lines of another text either.

Marks (<|im_start|>, [INST], <think>, "assistant:" at the head of a line) are taken apart by U+2060, the word joiner,
which shows nothing and is no part of the words: `unfenced` takes it out of what a model quotes.
"""

from __future__ import annotations

import hashlib

from draft_assist.patterns import compiled

_JOINER = "\u2060"
_ROLES = "system|user|assistant|human|ai|bot|model|developer|tool|function|系统提示词?|系统|用户|助手|助理|人类"
_LINE_HEAD = r"(?<![^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])[ \t\u3000>*#-]*"
# Each match ends behind the character after which a mark is taken apart.
_MARK = compiled(
    r"<(?=[^\s\d=>-])"  # <|im_end|>, <｜User｜>, <s>, </think>, <用户>, <<SYS>>, <!--; not 5<6 nor <=
    r"|\[(?=/?[A-Za-z][A-Za-z0-9_]*\])"  # [INST], [gMASK], [TOOL_CALLS]; not [1]
    rf"|{_LINE_HEAD}(?=(?i:{_ROLES})[ \t*]*[:：])."  # "assistant:" and its like
    r"|#(?=#+ ?(?i:system|user|assistant|instructions?|response|input|output|指令|回复|输入|输出))"  # ### Instruction
    r"|`(?=``)|~(?=~~)"
)


def fenced(name: str, text: str) -> str:
    """`text` as data of a prompt, between its two lines.

    Args:
        name: what it is, for the model; one line, of the program's own.

    Raises:
        ValueError: the name is empty or holds a line end or an angle bracket.
    """
    if not name.strip() or len(name.splitlines()) != 1 or any(one in "<>" for one in name):
        raise ValueError(f"资料名称应为不含尖括号的一行文字，实为{name!r}")
    number = _number(name, text)
    return f"<<<{name} {number} 开始>>>\n{_taken_apart(text)}\n<<<{name} {number} 结束>>>"


def _number(name: str, text: str) -> str:
    """12 hexadecimal digits that the text does not hold."""
    number = hashlib.sha256(f"{name}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    while number in text:
        number = hashlib.sha256(number.encode()).hexdigest()[:12]
    return number


def _taken_apart(text: str) -> str:
    """The text with a joiner in each mark; joiners of its own are doubled."""
    return _MARK.sub(lambda match: match[0] + _JOINER, text.replace(_JOINER, _JOINER * 2))


_JOINERS = compiled(_JOINER + "{1,2}")


def unfenced(text: str) -> str:
    """What a model quotes, as it stands in the document: without the joiners that `fenced` put in."""
    return _JOINERS.sub(lambda match: match[0][1:], text)
