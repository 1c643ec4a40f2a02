"""Reminders of what is due: by mail, asked for by coordinators or sent before the due day, and shown on screen."""
