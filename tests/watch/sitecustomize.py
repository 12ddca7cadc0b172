"""Loaded by every Python process of a room: forbids words to the outside world, and notes whom they were for.

A test copies it into its room and puts it on PYTHONPATH, which processes hand down.
"""

import contextlib
import socket
import sys
from pathlib import Path

HERE = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", b"localhost", b"127.0.0.1"}
NOTED = Path(__file__).with_name("outgoing.txt")


def watch(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        sender, address = arguments[:2]
        # A name of a socket on this machine is no address; a datagram's socket that is tied to one sends nothing yet.
        if not isinstance(address, tuple) or (event == "socket.connect" and sender.type == socket.SOCK_DGRAM):
            return
        host = address[0]
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host not in HERE | {socket.gethostname()}:
        with contextlib.suppress(OSError), NOTED.open("a", encoding="utf-8") as notes:  # some may write no file
            notes.write(f"{event} {host}\n")
        raise PermissionError(f"this process speaks to nobody, and wanted to speak to {host}")


sys.addaudithook(watch)
