"""The offset map through any sequence of cuts and replacements."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from draft_assist.model import Span
from draft_assist.normalise.tape import Edit, Tape


def kept_and_removed(tape: Tape, raw: str) -> list[bool]:
    """For each raw character, whether it is in `removed`."""
    gone = [False] * len(raw)
    for one in tape.removed():
        assert one.text == one.span.of(raw)
        for i in range(one.span.start, one.span.end):
            assert not gone[i], "no character is listed twice"
            gone[i] = True
    return gone


def test_a_cut_moves_what_stands_behind_it() -> None:
    tape = Tape("規(guī)范文件")
    tape.apply([Edit(1, 6, "", "拼音残留")])
    offsets = tape.offsets()
    assert tape.text == "規范文件"
    assert offsets.to_raw(Span(0, 1)) == Span(0, 1)
    assert offsets.to_raw(Span(1, 4)) == Span(6, 9)
    # A span across the cut takes it in.
    assert offsets.to_raw(Span(0, 2)) == Span(0, 7)


def test_a_replaced_run_maps_as_a_whole() -> None:
    tape = Tape("甲㈠乙")
    tape.apply([Edit(1, 2, "（一）")])
    assert tape.offsets().to_raw(Span(2, 3)) == Span(1, 2)
    assert tape.offsets().to_raw(Span(4, 5)) == Span(2, 3)


def test_a_larger_cut_swallows_earlier_ones() -> None:
    tape = Tape("ab\u200bcd")
    tape.apply([Edit(2, 3, "", "不可见字符")])
    tape.apply([Edit(1, 3, "", "导航")])
    assert tape.text == "ad"
    assert [(one.reason, one.text) for one in tape.removed()] == [("导航", "b\u200bc")]


def test_a_cut_inside_a_replaced_run_leaves_its_rest_mapped() -> None:
    tape = Tape("甲㈠乙丙")
    tape.apply([Edit(1, 2, "（一）")])
    tape.apply([Edit(3, 5, "", "导航")])
    assert tape.text == "甲（一丙"
    assert tape.offsets().to_raw(Span(1, 3)) == Span(1, 3)
    assert tape.offsets().to_raw(Span(3, 4)) == Span(3, 4)


def test_empty_and_fully_cut_texts() -> None:
    assert Tape("").offsets().to_raw(Span(0, 0)) == Span(0, 0)
    tape = Tape("导航")
    tape.apply([Edit(0, 2, "", "导航")])
    assert tape.text == "" and tape.offsets().to_raw(Span(0, 0)) == Span(0, 0)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_any_steps_keep_the_way_back(data: st.DataObject) -> None:
    raw = "".join(chr(0x4E00 + i) for i in range(data.draw(st.integers(1, 30))))
    tape = Tape(raw)
    for _ in range(data.draw(st.integers(1, 4))):
        places = sorted(data.draw(st.sets(st.integers(0, len(tape.text)), max_size=8)))
        pairs = list(zip(places[::2], places[1::2], strict=False))
        written = [data.draw(st.integers(0, 3)) for _ in pairs]
        tape.apply(
            [
                Edit(start, end, "新" * count, "" if count else "x")
                for (start, end), count in zip(pairs, written, strict=True)
            ]
        )
    offsets = tape.offsets()
    assert offsets.normal_length == len(tape.text) and offsets.raw_length == len(raw)
    previous = 0
    for i, one in enumerate(tape.text):
        back = offsets.to_raw(Span(i, i + 1))
        assert back.start >= previous or one == "新"
        previous = max(previous, back.start)
        if one != "新":
            assert raw[back.start] == one
        else:
            assert len(back) > 0
    gone = kept_and_removed(tape, raw)
    for i, one in enumerate(raw):
        assert not (gone[i] and one in tape.text)
