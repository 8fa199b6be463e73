"""The exceptions of the product, one tree.

    DraftAssistError
    ├─ SourceError        the file cannot be read as a document
    ├─ KnowledgeError     a rule, prompt, schema or statute file is wrong
    ├─ OptionError        an option or a setting has a value that cannot be used
    ├─ CorpusError        the corpus is missing, locked, damaged, or of another make
    └─ ModelError         the model was not reached
       └─ AnswerUnreadable    it answered, not in the agreed form

"No finding", "not sure" and "not in the corpus" are results, never exceptions. Every message is Chinese, for
the person at the screen, and says what is wrong, where, and what to do next.
"""

from __future__ import annotations


class DraftAssistError(Exception):
    """Base of all errors that the product raises on purpose.

    Args:
        what: what is wrong, one Chinese sentence without a full stop.
        where: the file, setting or option it concerns; "" when it is clear from `what`.
        next_step: what the user can do now; "" when there is nothing.
    """

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        self.what = what
        self.where = where
        self.next_step = next_step
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.where}：{self.what}" if self.where else self.what
        return f"{text}。{self.next_step}" if self.next_step else f"{text}。"


class SourceError(DraftAssistError):
    """The file cannot be read as a document: missing, locked, broken, too large, of a kind not read."""


class KnowledgeError(DraftAssistError):
    """A rule, prompt, schema or statute file is wrong; `where` is `path:line`."""


class OptionError(DraftAssistError):
    """An option or a setting has a value that cannot be used."""


class CorpusError(DraftAssistError):
    """The corpus cannot be used: not built, locked, damaged, no space, or made with another embedding model."""


class ModelError(DraftAssistError):
    """The model was not reached."""


class AnswerUnreadable(ModelError):  # noqa: N818 - named for what the answer is
    """The model answered, but not in the agreed form."""
