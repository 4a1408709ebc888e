"""Pages whose text stands elsewhere: in a frame, in pictures, or where a script fetches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from lxml.etree import _Element

_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_LONGEST_ADDRESS = 200


def text_elsewhere(root: _Element) -> list[LedgerWarning]:
    """Return a warning that says where the text of a page that shows none may be.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring('<h1>通知</h1><iframe src="a.pdf"></iframe>')
    >>> text_elsewhere(page)[0].message
    'the page itself holds no text of a circular; it may stand in a.pdf'
    """
    place = _place(root)
    if place is None:
        return []
    message = f"the page itself holds no text of a circular; {place}"
    return [LedgerWarning("html-text-elsewhere", message)]


def _place(root: _Element) -> str | None:
    for frame in root.iter(*_FRAMES):
        address = (frame.get(_FRAMES[str(frame.tag)]) or "").strip()
        if address and not address.startswith(("about:", "javascript:")):
            return f"it may stand in {address[:_LONGEST_ADDRESS]}"
    # A picture in a link is an emblem or a button.
    pictures = sum(1 for image in root.iter("img") if not _is_linked(image))
    if pictures:
        return f"it may stand in its pictures ({pictures})"
    if next(root.iter("script"), None) is not None:
        return "its script probably fetches it"
    return None


def _is_linked(image: _Element) -> bool:
    return next(image.iterancestors("a"), None) is not None
