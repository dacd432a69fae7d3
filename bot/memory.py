"""How a process takes memory from the system."""

import ctypes
import sys

M_MMAP_THRESHOLD = -3  # malloc.h of glibc
LARGE = 1 << 20  # bytes


def give_back_large_blocks() -> None:
    """Let blocks of a megabyte and more go back to the system as soon as they are free.

    Deriving a key from a code takes 16 MB for 40 ms (`SCRYPT_COST`). After the first of them glibc would keep such
    blocks, one for each thread: 128 MB with eight (mallopt(3), M_MMAP_THRESHOLD).
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # not every C library has it
        if mallopt:
            mallopt(M_MMAP_THRESHOLD, LARGE)
