"""What a conversation remembers: the turns, who the user is, and which documents were attached.

It can be kept as JSON. Documents stand in it by path and hash only; of their text nothing is kept but what the user
typed: of an answer on an attached document a summary stands for the words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from draft_assist.chat.reply import Reply
from draft_assist.chat.sources import SourceKind
from draft_assist.errors import OptionError, SourceError
from draft_assist.model import Document, Frozen, Rank

# A conversation that is kept for months must not grow without end.
_MOST_TURNS = 200
_VERSION = 1


class Turn(Frozen, frozen=True):
    """A question with its answer.

    Attributes:
        question: as typed.
        answer: the text of the reply, or its summary.
        place: the one law that it was about, with its article where it was one: 《中华人民共和国民法典》第三条; "" for
            none or several. It is what 该法 and 第二款 mean in the next question.
        passage: the passage that it asked about, as typed; "" for none.
        documents: names of the documents that were attached to it.
    """

    question: str
    answer: str
    place: str = ""
    passage: str = ""
    documents: tuple[str, ...] = ()


class Attached(Frozen, frozen=True):
    """A document by name; `path` is "" for one that lies in no file, `sha256` is that of its text as read."""

    name: str
    path: str
    sha256: str


class _Kept(Frozen, frozen=True, forbid_unknown_fields=True):
    version: int
    rank: Rank | None
    turns: tuple[Turn, ...]
    documents: tuple[Attached, ...]


class Conversation:
    """One conversation; used by one thread at a time."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.rank: Rank | None = None
        self.attached: list[Attached] = []
        self._open: dict[str, Document] = {}

    # --- documents ----------------------------------------------------------------------------------------------

    def attach(self, document: Document) -> Attached:
        """Remember a document; one of the same text and name is not held twice."""
        raw = document.text.raw
        digest = hashlib.sha256(raw.text.encode("utf-8", "replace")).hexdigest()
        one = Attached(name=raw.path.name, path=str(raw.path), sha256=digest)
        if one in self.attached:
            self.attached.remove(one)
        self.attached.append(one)
        self._open[digest] = document
        return one

    def document(self, read: Callable[[Path], Document]) -> Document | None:
        """The document attached last, read again where that was in an earlier run; None when there is none.

        Raises:
            SourceError: it is no longer there, or has changed.
        """
        if not self.attached:
            return None
        one = self.attached[-1]
        if one.sha256 not in self._open:
            document = read(Path(one.path))
            if hashlib.sha256(document.text.raw.text.encode("utf-8", "replace")).hexdigest() != one.sha256:
                raise SourceError("文件在上次对话之后有改动", where=one.name, next_step="请重新附上这个文件")
            self._open[one.sha256] = document
        return self._open[one.sha256]

    # --- turns --------------------------------------------------------------------------------------------------

    def remember(
        self,
        question: str,
        reply: Reply,
        *,
        of_document: str = "",
        place: str = "",
        passage: str = "",
        documents: Sequence[str] = (),
    ) -> None:
        """Add a turn; the oldest are forgotten beyond two hundred.

        Args:
            of_document: the name of the document of which the answer may hold words; they are not kept.
        """
        self.turns.append(Turn(question, _kept_answer(reply, of_document), place, passage, tuple(documents)))
        del self.turns[:-_MOST_TURNS]

    @property
    def last_place(self) -> str:
        """What was talked of last, see `Turn.place`; "" for none."""
        return next((turn.place for turn in reversed(self.turns) if turn.place), "")

    @property
    def last_passage(self) -> str:
        """The passage that was asked about last; "" for none."""
        return next((turn.passage for turn in reversed(self.turns) if turn.passage), "")

    def history(self, most: int, count: Callable[[str], int] = len) -> list[Turn]:
        """The latest turns that fit, oldest first; an answer that is too long is cut, never the question.

        Args:
            most: tokens (or characters) of all of them together.
            count: how many a text has.
        """
        kept: list[Turn] = []
        left = most
        for turn in reversed(self.turns):
            cut = _cut(turn, left, count)
            if cut is None:
                break
            kept.insert(0, cut)
            left -= count(cut.question) + count(cut.answer)
        return kept

    # --- kept as JSON -------------------------------------------------------------------------------------------

    def to_json(self) -> bytes:
        """The conversation for `from_json`."""
        kept = _Kept(version=_VERSION, rank=self.rank, turns=tuple(self.turns), documents=tuple(self.attached))
        return msgspec.json.format(msgspec.json.encode(kept))

    @classmethod
    def from_json(cls, content: bytes) -> Conversation:
        """A conversation that was kept.

        Raises:
            OptionError: it is none, or of another version.
        """
        try:
            kept = msgspec.json.decode(content, type=_Kept)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise OptionError("不是保存的对话", next_step="请换一个文件，或者删除后重新开始") from error
        if kept.version != _VERSION:
            raise OptionError(f"对话文件的版本为{kept.version}，本程序只读版本{_VERSION}")
        made = cls()
        made.turns, made.rank, made.attached = list(kept.turns), kept.rank, list(kept.documents)
        return made


_SHORTEST = 20  # of an answer less says nothing


def _cut(turn: Turn, room: int, count: Callable[[str], int]) -> Turn | None:
    """The turn in that room; None when not even the question and the head of the answer fit."""
    if count(turn.question) + count(turn.answer) <= room:
        return turn
    answer = turn.answer
    while len(answer) > _SHORTEST:
        answer = answer[: len(answer) // 2]
        if count(turn.question) + count(answer + _LEFT_OUT) <= room:
            return msgspec.structs.replace(turn, answer=answer + _LEFT_OUT)
    return None


_LEFT_OUT = "……（以下从略）"


def _kept_answer(reply: Reply, of_document: str) -> str:
    """The text of a reply; a summary where it may hold words of a document."""
    if not of_document:
        return reply.text
    count = sum(one.kind is SourceKind.CLAUSE for one in reply.sources)
    rest = "、".join(one.name for one in reply.sources if one.kind is not SourceKind.CLAUSE)
    return f"就《{of_document}》作了回答，涉及其中{count}处" + (f"，依据{rest}。" if rest else "。")


TYPED = "问题中的文字"
