"""The audit log: append-only, hash-chained; every change and every view of personal data."""
