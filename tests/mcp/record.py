"""Writes down what an MCP server and its client say to each other: record.py FILE COMMAND…

Stands between the two on standard input and output. Each line of FILE is a direction (">" to the server, "<" from
it) and the message as it was. tests/mcp/play.py speaks the server's part again, without the server."""
import subprocess
import sys
import threading

out = open(sys.argv[1], "w", encoding="utf-8")
lock = threading.Lock()
server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def relay(source, sink, mark):
    for line in source:
        with lock:
            out.write(mark + " " + line.rstrip("\n") + "\n")
            out.flush()
        sink.write(line)
        sink.flush()


threading.Thread(target=relay, args=(server.stdout, sys.stdout, "<"), daemon=True).start()
relay(sys.stdin, server.stdin, ">")
server.stdin.close()
server.wait(10)
