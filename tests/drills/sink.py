"""A mail server with faults: ``python -m tests.drills.sink PORT LOG``, commands on stdin.

Each message it keeps is one JSON line in LOG (``to``, ``id``, ``at``), written before the
client hears of it. Commands: ``open`` and ``closed`` (connections refused), ``slow SECONDS``
before each answer (a tarpit, when long), ``hang up N``: 421 after N messages of a connection.

The first word of an address before ``-`` asks for a fault:

later    451 at RCPT, the first time       datalater  452 after DATA, the first time
gone     550 5.1.1 at RCPT                 spam       554 after DATA
breaks   hangs up at RCPT, the first time  lost       hangs up after DATA, message dropped
kept     hangs up after DATA, message kept (both the first time only)
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from collections import Counter
from typing import Any

MAX_BYTES = 10_000_000
_ADDRESS = re.compile(rb"<([^>]*)>")
_MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.I | re.M)
_SIZE = re.compile(rb"size=(\d+)", re.I)
HANG_UP = b""
#: word → stage, answer, and whether only the first time
FAULTS = {
    "later": ("rcpt", b"451 4.7.1 greylisted", True),
    "gone": ("rcpt", b"550 5.1.1 no such mailbox", False),
    "breaks": ("rcpt", HANG_UP, True),
    "datalater": ("data", b"452 4.2.2 mailbox full", True),
    "spam": ("data", b"554 5.7.1 refused by policy", False),
    "lost": ("data", HANG_UP, True),
    "kept": ("data", HANG_UP, True),
}


class Sink:
    """What all connections share: mode, faults already shown, and the log."""

    def __init__(self, log: str) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._shown: Counter[tuple[str, str]] = Counter()
        self.slow = 0.0
        self.hang_up_after = 0

    def keep(self, to: str, content: bytes) -> None:
        found = _MESSAGE_ID.search(content)
        row = {"to": to, "id": found[1].decode() if found else "", "at": time.time()}
        os.write(self._log, json.dumps(row).encode() + b"\n")

    def fault(self, stage: str, to: str) -> bytes | None:
        """The faulty answer for this address at this stage, or ``None`` for the usual one."""
        word = to.partition("-")[0]
        fault_stage, answer, once = FAULTS.get(word, ("", b"", False))
        if fault_stage != stage:
            return None
        self._shown[stage, to] += 1
        return None if once and self._shown[stage, to] > 1 else answer


class Session(asyncio.Protocol):
    """One client, one command after the other."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.buffer = b""
        self.to = ""
        self.in_data = False
        self.messages = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.answer(b"220 sink.example ready")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            end = b"\r\n.\r\n" if self.in_data else b"\r\n"
            before, found, rest = self.buffer.partition(end)
            if not found:
                return
            self.buffer = rest
            self.answer(self.content(before) if self.in_data else self.command(before))

    def answer(self, line: bytes) -> None:
        if self.sink.slow:
            asyncio.get_running_loop().call_later(self.sink.slow, self._write, line)
        else:
            self._write(line)

    def _write(self, line: bytes) -> None:
        if line == HANG_UP:
            self.transport.abort()
        elif not self.transport.is_closing():
            self.transport.write(line + b"\r\n")

    def command(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"EHLO":
            return b"250-sink.example\r\n250-PIPELINING\r\n250 SIZE %d" % MAX_BYTES
        if verb == b"MAIL":
            return self.sender(line)
        if verb == b"RCPT":
            found = _ADDRESS.search(line)
            self.to = found[1].decode() if found else ""
            fault = self.sink.fault("rcpt", self.to)
            return b"250 ok" if fault is None else fault
        if verb == b"DATA":
            self.in_data = True
            return b"354 go on"
        if verb == b"QUIT":
            asyncio.get_running_loop().call_soon(self.transport.close)
            return b"221 bye"
        return b"250 ok"

    def sender(self, line: bytes) -> bytes:
        size = _SIZE.search(line)
        if size and int(size[1]) > MAX_BYTES:
            return b"552 5.3.4 message too big"
        if self.sink.hang_up_after and self.messages >= self.sink.hang_up_after:
            self.messages = 0
            return b"421 4.7.0 too many messages, come again"
        return b"250 ok"

    def content(self, content: bytes) -> bytes:
        self.in_data = False
        self.messages += 1
        fault = self.sink.fault("data", self.to)
        if fault is None or (fault == HANG_UP and self.to.startswith("kept-")):
            self.sink.keep(self.to, content)
        return b"250 kept" if fault is None else fault


async def serve(port: int, log: str) -> None:
    """Serve until stdin ends."""
    loop = asyncio.get_running_loop()
    sink = Sink(log)

    async def open_door() -> asyncio.Server:
        return await loop.create_server(lambda: Session(sink), "127.0.0.1", port, backlog=500)

    server = await open_door()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        command = line.decode().split()
        if command[0] == "closed":
            server.close()
        elif command[0] == "open" and not server.is_serving():
            server = await open_door()
        elif command[0] == "slow":
            sink.slow = float(command[1])
        elif command[:2] == ["hang", "up"]:
            sink.hang_up_after = int(command[2])


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
