"""How commands print what is neither a report nor a message."""

from __future__ import annotations

import click
import msgspec


def echo_json(value: object) -> None:
    """The value as JSON, indented, on standard output."""
    click.echo(msgspec.json.format(msgspec.json.encode(value)).decode())
