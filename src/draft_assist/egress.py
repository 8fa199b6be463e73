"""Where an endpoint is, and what may be sent there.

    host      this machine: a loopback address, or a name that leads to nothing else
    allowed   a host that the administrator's list names
    outside   everything else, and whatever cannot be told

Documents with a mark of state secrets go to this host only, whatever a list says; inner papers to this host or the
list. Nothing at all is sent before an endpoint is set.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from draft_assist.errors import ModelError


class Reach(StrEnum):
    """Where an endpoint is."""

    HOST = "host"
    ALLOWED = "allowed"
    OUTSIDE = "outside"


# Marks as RawDocument carries them: of state secrets, and of papers that are to stay inside.
_SECRET = frozenset(("secret", "confidential", "top_secret"))
_NAMES = {
    "secret": "秘密",
    "confidential": "机密",
    "top_secret": "绝密",
    "internal": "内部资料",
    "work_secret": "工作秘密",
}


def addresses_of(name: str) -> list[str]:
    """The addresses that a host name leads to; [] when it leads nowhere."""
    try:
        return [str(one[4][0]) for one in socket.getaddrinfo(name, None)]
    except (OSError, UnicodeError):
        return []


def reach_of(url: str, allow: Sequence[str] = (), resolve: Callable[[str], list[str]] = addresses_of) -> Reach:
    """Where the endpoint of an address is.

    Args:
        allow: hosts, .endings of hosts, addresses or networks (10.1.0.0/16), each with :port or without.
        resolve: gives the addresses of a name.
    """
    host, port = _host_and_port(url)
    if not host:
        return Reach.OUTSIDE
    if _is_loopback(host) or (not _is_address(host) and _leads_home(host, resolve)):
        return Reach.HOST
    if any(_is_named(host, port, one) for one in allow):
        return Reach.ALLOWED
    return Reach.OUTSIDE


def check_egress(
    url: str, allow: Sequence[str], marking: str, resolve: Callable[[str], list[str]] = addresses_of
) -> None:
    """Let a document of that mark be sent to that endpoint, or not.

    Args:
        marking: of the document, "" for none: secret, confidential, top_secret, internal, work_secret.

    Raises:
        ModelError: it must not be sent there.
    """
    if not marking:
        return
    reach = reach_of(url, allow, resolve)
    name = _NAMES.get(marking, marking)
    # A name, localhost too, may lead elsewhere a moment later: for state secrets only an address proves where it is.
    if _is_loopback_address(url) or (reach is not Reach.OUTSIDE and marking not in _SECRET):
        return
    if marking in _SECRET:
        step = "涉密文件只能使用本机的服务，地址写作 127.0.0.1；也可以用 --model off 只按规则审查"
    else:
        step = "请用本机的模型服务，或者由管理员把主机写入 DRAFT_ASSIST_MODEL_ALLOW"
    raise ModelError(f"文件有“{name}”标志，没有发给模型", where=where_words(url), next_step=step)


def _is_loopback_address(url: str) -> bool:
    host, _ = _host_and_port(url)
    address = _address(host)
    return address is not None and address.is_loopback


def where_words(url: str) -> str:
    """Where an endpoint is, for people: 本机, or its host."""
    host, _ = _host_and_port(url)
    return "本机" if _is_loopback(host) else host or "未知主机"


_PORTS = {"https": "443", "http": "80"}


def _host_and_port(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip("."), str(parts.port) if parts.port else _PORTS.get(parts.scheme, "")
    except ValueError:
        return "", ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _is_address(host: str) -> bool:
    """True for an address in whatever writing: 2130706433 and 0x7f.1 are read by some programs, so no name either."""
    last = host.rsplit(".", 1)[-1]
    return _address(host) is not None or last.isdigit() or last.lower().startswith("0x")


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host.lower() == "localhost" or (address is not None and address.is_loopback)


def _leads_home(host: str, resolve: Callable[[str], list[str]]) -> bool:
    addresses = resolve(host)
    return bool(addresses) and all(map(_is_loopback, addresses))


def _is_named(host: str, port: str, entry: str) -> bool:
    """True when an entry of the list names the host."""
    entry = entry.strip().lower().rstrip(".")
    host = host.lower()
    if not entry:
        return False
    if "/" in entry:
        address = _address(host)
        try:
            return address is not None and address in ipaddress.ip_network(entry, strict=False)
        except ValueError:
            return False
    name, colon, wanted = entry.rpartition(":")
    if colon and wanted.isdigit() and ":" not in name.strip("[]"):
        return wanted == port and _is_named(host, port, name.strip("[]"))
    entry = entry.strip("[]")
    if entry.startswith("."):
        return host.endswith(entry)
    address = _address(entry)
    return host == entry or (address is not None and address == _address(host))
