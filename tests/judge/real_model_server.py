"""Serves a small model of the machine's own on the loopback until its standard input is closed.

    python real_model_server.py MODEL.gguf TOKENS   ->  one line with the address, then it serves

A process of its own: the native code is ended with it, whatever it is doing.
"""

from __future__ import annotations

import sys

import xllamacpp


def serve(path: str, context: int) -> None:
    """Serve until the other side lets go; questions wait for one another, so that their times can be told."""
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = 1  # two that wait for each other are five times slower on a busy machine
    params.cpuparams_batch.n_threads = 2  # of the question, where they seldom wait
    params.port = 0
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
