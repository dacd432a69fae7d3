"""What a key derivation took is given back, however many threads derived one."""

import subprocess
import sys

DERIVING = """
import hashlib, resource
from concurrent.futures import ThreadPoolExecutor
from bot.memory import give_back_large_blocks

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20

def derive(_):
    hashlib.scrypt(b"code", salt=b"salt", n=2**14, r=8, p=1, maxmem=2**26)

give_back_large_blocks()
before = resident()
with ThreadPoolExecutor(8) as threads:
    list(threads.map(derive, range(32)))
    print(resident() - before)
"""


def test_threads_that_derived_keys_keep_no_room_for_them():
    done = subprocess.run([sys.executable, "-c", DERIVING], capture_output=True, text=True, check=True)

    assert float(done.stdout) < 20  # megabytes; 128 otherwise
