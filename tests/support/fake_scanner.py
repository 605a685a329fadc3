"""A small clamd on loopback, a process of its own: the real protocol, one signature, and faults on demand.

Run as `python -m tests.support.fake_scanner FAULT`; it prints its port. For the protocol see clamd(8).
"""

import socketserver
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
FAULT = sys.argv[1] if len(sys.argv) > 1 else ""


class Scan(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        if FAULT == "hangs up":
            return
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        if FAULT == "silent":
            time.sleep(60)
        if FAULT == "error":
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR in content:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def scanning(fault: str = "") -> Iterator[str]:
    """The address of a scanner that runs until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.fake_scanner", fault], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield f"127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    with Server(("127.0.0.1", 0), Scan) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
