"""A fast SMTP server that counts and keeps nothing: ``python -m tests.bench.sink PORT``.

``aiosmtpd`` would be the bottleneck of what is measured. ``XCOUNT`` answers with the number
of messages and of different Message-IDs since the last ``XZERO``.
"""

from __future__ import annotations

import asyncio
import re
import smtplib
import sys

_MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)\r$", re.MULTILINE)
_END = b"\r\n.\r\n"
seen: list[bytes] = []


class Talk(asyncio.Protocol):
    """One connection; ``_data`` while a message comes in."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._buffer, self._data = transport, b"", False
        self._say(b"220 sink")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._buffer:
            end = _END if self._data else b"\r\n"
            chunk, found, rest = self._buffer.partition(end)
            if not found:
                return
            self._buffer = rest
            self._message(chunk) if self._data else self._command(chunk)

    def _message(self, content: bytes) -> None:
        found = _MESSAGE_ID.search(content)
        seen.append(found[1] if found else b"")
        self._data = False
        self._say(b"250 kept")

    def _command(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"EHLO":
            self._say(b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10000000")
        elif verb == b"DATA":
            self._data = True
            self._say(b"354 go on")
        elif verb == b"QUIT":
            self._say(b"221 bye")
            self._transport.close()
        elif line == b"XCOUNT":
            self._say(b"250 %d %d" % (len(seen), len(set(seen))))
        elif line == b"XZERO":
            seen.clear()
            self._say(b"250 ok")
        else:
            self._say(b"250 ok")

    def _say(self, line: bytes) -> None:
        self._transport.write(line + b"\r\n")


def ask(port: int, command: str) -> tuple[int, int]:
    """``XCOUNT`` from the other side: messages and different Message-IDs."""
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        words = client.docmd(command)[1].split()
    return (int(words[0]), int(words[1])) if command == "XCOUNT" else (0, 0)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Talk, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
