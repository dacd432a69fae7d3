"""Voorgesprek: helps people on bijstand prepare a meeting with their municipality."""

import os

# Before anything imports numpy. One sentence is work for one core, and every core has a sentence of its own when it is
# busy: threads that share one sentence's sums only wait for each other, at full speed.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
