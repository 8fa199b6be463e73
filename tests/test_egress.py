"""Where an endpoint is, and what may be sent there. What cannot be proven to be this host is outside."""

from __future__ import annotations

import pytest

from draft_assist.egress import Reach, check_egress, reach_of, where_words
from draft_assist.errors import ModelError

NAMES = {
    "models.lan": ["10.1.2.3"],
    "home.lan": ["127.0.0.1", "::1"],
    "both.lan": ["127.0.0.1", "10.1.2.3"],
    "gone.lan": [],
    "evil.example": ["127.0.0.1"],
}


def resolve(name: str) -> list[str]:
    return NAMES.get(name, [])


HOST = [
    ("http://127.0.0.1:11434/v1", "a loopback address"),
    ("http://127.8.9.1/v1", "the whole of 127/8 is"),
    ("http://[::1]:8000/v1", "of the newer kind"),
    ("http://[::ffff:127.0.0.1]/v1", "written as the newer kind"),
    ("http://localhost/v1", "by its usual name"),
    ("http://LOCALHOST./v1", "in capitals, with a dot"),
    ("http://home.lan/v1", "a name that leads here only"),
]
OUTSIDE = [
    ("https://api.example.com/v1", "another host"),
    ("http://both.lan/v1", "a name that leads elsewhere too"),
    ("http://gone.lan/v1", "a name that leads nowhere"),
    ("http://0.0.0.0/v1", "any address is none"),
    ("http://10.1.2.3/v1", "the local network is not this host"),
    ("http://2130706433/v1", "a number that some programs read as 127.0.0.1"),
    ("http://0x7f.0.0.1/v1", "likewise"),
    ("http://127.1/v1", "likewise"),
    ("http://127.0.0.1.example.com/v1", "a host that only looks like it"),
    ("http://localhost.example.com/v1", "likewise"),
    ("http://[::1/v1", "no address at all"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("url", "why"), HOST, ids=[why for _, why in HOST])
def test_this_host(url, why) -> None:
    assert reach_of(url, (), resolve) is Reach.HOST


@pytest.mark.parametrize(("url", "why"), OUTSIDE, ids=[why for _, why in OUTSIDE])
def test_outside(url, why) -> None:
    assert reach_of(url, (), resolve) is Reach.OUTSIDE


@pytest.mark.parametrize(
    ("entry", "url", "reach"),
    [
        ("models.lan", "http://models.lan/v1", Reach.ALLOWED),
        ("MODELS.lan", "http://models.lan:8000/v1", Reach.ALLOWED),
        ("models.lan:8000", "http://models.lan:8000/v1", Reach.ALLOWED),
        ("models.lan:8000", "http://models.lan:9000/v1", Reach.OUTSIDE),
        ("models.lan:443", "https://models.lan/v1", Reach.ALLOWED),
        (".gov.example", "http://ai.gov.example/v1", Reach.ALLOWED),
        (".gov.example", "http://gov.example.org/v1", Reach.OUTSIDE),
        (".gov.example", "http://notgov.example/v1", Reach.OUTSIDE),
        ("10.1.0.0/16", "http://10.1.2.3/v1", Reach.ALLOWED),
        ("10.1.0.0/16", "http://10.2.2.3/v1", Reach.OUTSIDE),
        ("10.1.0.0/16", "http://models.lan/v1", Reach.OUTSIDE),
        ("10.1.2.3", "http://10.1.2.3/v1", Reach.ALLOWED),
        ("fd00::5", "http://[fd00::5]:8000/v1", Reach.ALLOWED),
        ("", "http://models.lan/v1", Reach.OUTSIDE),
        ("no/network", "http://models.lan/v1", Reach.OUTSIDE),
    ],
)
def test_the_list_of_the_administrator(entry, url, reach) -> None:
    assert reach_of(url, (entry,), resolve) is reach


@pytest.mark.parametrize("marking", ["secret", "confidential", "top_secret"])
def test_a_mark_of_state_secrets_keeps_a_document_on_this_host_whatever_the_list_says(marking) -> None:
    check_egress("http://127.0.0.1/v1", (), marking, resolve)
    for url in ("http://models.lan/v1", "https://api.example.com/v1"):
        with pytest.raises(ModelError, match="涉密文件只能使用本机"):
            check_egress(url, ("models.lan", "api.example.com"), marking, resolve)


@pytest.mark.parametrize("url", ["http://evil.example/v1", "http://localhost/v1"])
def test_for_state_secrets_a_name_proves_nothing(url) -> None:
    with pytest.raises(ModelError, match=r"127\.0\.0\.1"):
        check_egress(url, (), "secret", resolve)


@pytest.mark.parametrize("marking", ["internal", "work_secret"])
def test_inner_papers_go_to_this_host_or_the_list(marking) -> None:
    check_egress("http://localhost/v1", (), marking, resolve)
    check_egress("http://models.lan/v1", ("models.lan",), marking, resolve)
    with pytest.raises(ModelError, match="DRAFT_ASSIST_MODEL_ALLOW"):
        check_egress("https://api.example.com/v1", ("models.lan",), marking, resolve)


def test_other_documents_go_where_the_user_has_set() -> None:
    check_egress("https://api.example.com/v1", (), "", resolve)


def test_a_host_is_told_without_what_stands_before_it() -> None:
    assert where_words("http://127.0.0.1:1/v1") == "本机"
    assert where_words("https://user:pass@api.example.com/v1") == "api.example.com"
    assert where_words("nonsense") == "未知主机"
