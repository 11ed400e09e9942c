"""Runs a command at a terminal of its own: python3 tests/at_a_terminal.py ANSWER... -- COMMAND...

Each answer is typed when the command has asked one question more (it shows «: » or «] » and waits). In «ANSWER after LINE», the
shell runs the line while the question waits. Prints what the terminal showed, and ends with the command's exit status.
"""
import os
import pty
import select
import subprocess
import sys
import time

at = sys.argv.index("--")
answers, command = sys.argv[1:at], sys.argv[at + 1 :]
process, terminal = pty.fork()
if process == 0:
    os.execvp(command[0], command)

shown, asked, answered, end = b"", 0, 0, time.monotonic() + 30
while time.monotonic() < end:
    if not select.select([terminal], [], [], 0.2)[0]:
        continue
    try:
        piece = os.read(terminal, 4096)
    except OSError:  # the command has ended
        break
    if not piece:
        break
    shown += piece
    if shown.endswith((b": ", b"] ")) and len(shown) > answered and asked < len(answers):
        answer, _, line = answers[asked].partition(" after ")
        subprocess.run(line, shell=True, check=True)
        os.write(terminal, answer.encode() + b"\n")
        asked, answered = asked + 1, len(shown)
sys.stdout.buffer.write(shown)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
