"""What goes wrong between here and a doccano server."""

from __future__ import annotations


class DoccanoError(RuntimeError):
    """The server cannot be used, or did not do what it was asked; the message says what to do."""


class SessionError(DoccanoError):
    """The user is not, or no longer, logged in."""


class UnfinishedError(DoccanoError):
    """The server did not finish in time what it does in the background; it may do so later."""
