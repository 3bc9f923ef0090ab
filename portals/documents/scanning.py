"""The antivirus: clamd's INSTREAM command over its socket. Nothing is written to a disk for it."""

import socket
import struct

CHUNK = 256 * 1024
PATIENCE = 60
ANSWER_MAX = 4096


class ScanFailed(RuntimeError):
    """clamd did not answer, or not that the file is clean or infected. The document stays in quarantine."""


def infected(content: bytes, socket_path: str) -> bool:
    """Whether clamd finds something in these bytes. Raises ScanFailed."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(socket_path)
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            answer = _read(connection)
    except OSError as error:
        raise ScanFailed("clamd cannot be reached") from error
    if answer == b"stream: OK":
        return False
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return True
    raise ScanFailed("clamd could not scan the document")


def _read(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < ANSWER_MAX:
        received = connection.recv(1024)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0")
