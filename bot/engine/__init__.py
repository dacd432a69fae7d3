"""The trained Rasa agent, embedded: its tracker store, its actions in the same process, its private turn server."""

import os
import sys

# Before any part of this package imports Rasa: it tells nobody that it runs, and TensorFlow, unused here, keeps quiet.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
# It would load JAX too, 75 MB, only to offer to convert JAX's models to its own; without JAX it does not offer that.
sys.modules.setdefault("jax", None)  # type: ignore[arg-type]  # None: "not installed", see importlib's docs
