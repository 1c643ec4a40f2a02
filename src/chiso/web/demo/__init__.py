"""The demonstration: sample units, people and rounds. Only installed where ``CHISO_DEMO`` is set."""
