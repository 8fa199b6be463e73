"""The words that say what a text is about, as pairs of neighbouring characters."""

from __future__ import annotations

from draft_assist.patterns import compiled

# Words that say nothing on what a sentence is about.
_EMPTY = compiled(
    r"的|了|和|与|或者?|以及|及其?|在|是|为|对|由|等|也|都|就|而|并且?|其中|其他?|该|此|这|那|所|之|于|被|把|将|向|从|以|按|有关|相关|应当|应该|可以|必须"
    r"|不得|不能|不可|不|须|规定|明确|要求|条文|条款|本条|该条|除外|一律|只能|只有|仅|才|已经?|没有|无权|有权|任何|各|各级|一个|这种|这类"
)
_HAN = compiled(r"[㐀-鿿]+")


def content(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of the words that say what a text is about."""
    found: set[str] = set()
    for run in _HAN.findall(_EMPTY.sub(" ", text)):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


def share(one: str, other: str) -> float:
    """The share of the content of `one` that `other` has too; 0.0 where `one` has none."""
    words = content(one)
    return len(words & content(other)) / len(words) if words else 0.0
