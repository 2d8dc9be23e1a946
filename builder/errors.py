"""Errors that end a command with one line and an exit status."""

from __future__ import annotations


class BuilderError(Exception):
    """Something went wrong that is not a bug: the message says what, where and how to mend it."""

    status = 1


class UsageError(BuilderError):
    """The command was given something that it cannot use."""

    status = 2
