"""The one error of the readers: what is wrong, where, and what to do about it."""

from __future__ import annotations


class ReadError(ValueError):
    """A file cannot be read as a circular.

    Parameters
    ----------
    problem
        What is wrong, a clause without final punctuation.
    place
        Where in the file: a byte offset, a part of the package, a page.
    remedy
        What the user can do, a sentence without final punctuation.
    name
        The file; `govextract.readers.read` fills it in.
    code
        Stable identifier for programs.

    Examples
    --------
    >>> str(ReadError("is empty", name="a.txt", remedy="Save the text again"))
    'a.txt: is empty. Save the text again.'
    """

    def __init__(
        self,
        problem: str,
        *,
        place: str | None = None,
        remedy: str | None = None,
        name: str | None = None,
        code: str = "unreadable",
    ) -> None:
        self.problem = problem
        self.place = place
        self.remedy = remedy
        self.name = name
        self.code = code
        super().__init__(self._message())

    def _message(self) -> str:
        where = [part for part in (self.name, self.place) if part]
        message = ": ".join([*where, self.problem]).rstrip(".") + "."
        return f"{message} {self.remedy.rstrip('.')}." if self.remedy else message

    def __str__(self) -> str:
        """Return the message with the file's name, known by then."""
        return self._message()
