"""The trained Rasa agent, embedded: its tracker store, its actions in the same process, its private turn server."""

import os

# Before any part of this package imports Rasa: it tells nobody that it runs, and TensorFlow, unused here, keeps quiet.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
