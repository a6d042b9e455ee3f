"""Runs a command and prints what it took: seconds of wall clock and processor, peak memory in MB.

usage: measure.py COMMAND ...
"""

import json
import os
import subprocess
import sys
import time

began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
errors = child.stderr.read()
_, status, usage = os.wait4(child.pid, 0)
seconds = time.perf_counter() - began
if status != 0:
    sys.stderr.buffer.write(errors)
    sys.exit(1)
print(json.dumps({"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024}))
