"""Those whom a document leaves out and then binds."""

from __future__ import annotations

import pytest
from special_factory import assert_reports, values_of


@pytest.mark.parametrize(
    "text",
    [
        "本办法适用于渔业公司，不适用于个体船主。⟦个体船主应当每季度报送报表⟧。",
        "休闲渔船不适用本规定。⟦休闲渔船必须在十五日内换领船牌⟧。",
        # others, other rules, a matter
        "休闲渔船不适用本规定。远洋渔船必须换领船牌。",
        "本办法不适用于个体船主。个体船主应当依照渔业法报送报表。",
        "渔船的检验不适用本规定。渔船应当换领船牌。",
        "本办法不适用于个体船主。非个体船主应当每季度报送报表。",
    ],
)
def test_those_left_out(text):
    assert_reports("excluded_then_bound", text)


def test_they_are_told():
    text = "休闲渔船不适用本规定。休闲渔船必须换领船牌。"
    assert values_of("excluded_then_bound", text) == {"what": "休闲渔船"}
