"""What comes back from a question: events while it is answered, and the reply at the end."""

from __future__ import annotations

from draft_assist.chat.sources import Source
from draft_assist.model import Frozen


class Step(Frozen, frozen=True):
    """Something is being looked at.

    Attributes:
        tool: which tool: search_corpus, show_article, ...
        words: what is asked of it, Chinese.
    """

    tool: str
    words: str


class Piece(Frozen, frozen=True):
    """The next words of the answer; all pieces together are `Reply.text`."""

    text: str


class Reply(Frozen, frozen=True):
    """An answer.

    Attributes:
        text: Chinese, plain, with [n] for the sources.
        sources: what it cites, in order of number.
        is_enough: False when there is no sufficient basis for an answer.
        notes: Chinese, what was not answered, assumed, or could not be checked.
        model: the name of the model that wrote it; "" for rules and search.
        intent: what the question was taken for, see `intents.Intent`.
    """

    text: str
    sources: tuple[Source, ...] = ()
    is_enough: bool = True
    notes: tuple[str, ...] = ()
    model: str = ""
    intent: str = ""


class Done(Frozen, frozen=True):
    """The last event."""

    reply: Reply


Event = Step | Piece | Done
