"""A thin adapter over ``doccano-client``: its generic verbs, and errors where it is silent.

The client itself takes a wrong password, an error page and a task that failed for answers. Its
own ``get_doc_download`` asks for an address that the server no longer has. So only ``get_file``,
``post`` and ``update`` are used, and every answer is checked. Certificates are always verified.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from govextract.doccano.errors import DoccanoError, SessionError, UnfinishedError

TIMEOUT = 60.0
TASK_TIMEOUT = 600.0
_PAGE = 200
_LOGGED_OUT = ("credentials were not provided", "token", "not authenticated", "csrf")


class Server:
    """A doccano server with a user logged in.

    Parameters
    ----------
    client
        A ``doccano_client.DoccanoClient`` of 1.1, logged in.
    task_timeout
        Seconds that an import or export on the server may take.
    """

    def __init__(self, client: Any, *, task_timeout: float = TASK_TIMEOUT) -> None:
        self._client = client
        self._task_timeout = task_timeout

    @property
    def url(self) -> str:
        """The address of the server."""
        return str(self._client.baseurl)

    def get(self, endpoint: str, **params: Any) -> Any:
        """Return the JSON answer of a GET."""
        return self._json(endpoint, lambda: self._client.get_file(endpoint, params=params))

    def post(self, endpoint: str, **given: Any) -> Any:
        """Return the JSON answer of a POST of ``json``, ``data`` or ``files``."""
        return self._json(endpoint, lambda: self._client.post(endpoint, as_json=False, **given))

    def patch(self, endpoint: str, **values: str) -> Any:
        """Return the JSON answer of a PATCH of these values."""
        return self._json(endpoint, lambda: self._client.update(endpoint, data=values))

    def upload_file(self, name: str, content: bytes) -> str:
        """Return the identifier of a file that was handed to the server."""
        files = {"filepond": (name, content, "application/json")}
        answer = self._answer(
            "v1/fp/process/",
            lambda: self._client.post("v1/fp/process/", files=files, as_json=False),
        )
        return str(answer.text)

    def download(self, endpoint: str, **params: Any) -> bytes:
        """Return the content of a file of the server."""
        answer = self._answer(endpoint, lambda: self._client.get_file(endpoint, params=params))
        return bytes(answer.content)

    def pages(self, endpoint: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Yield the items of a list that the server gives in pages.

        Raises
        ------
        DoccanoError
            Also where the list changed while it was read, and items may be missing.
        """
        offset = 0
        while True:
            page = self.get(endpoint, limit=_PAGE, offset=offset, **params)
            yield from page["results"]
            offset += len(page["results"])
            if not page["results"] or page.get("next") is None:
                break
        if offset != page["count"]:
            raise DoccanoError(f"{endpoint} gave {offset} of {page['count']} items; run it again")

    def wait(self, task: str, what: str, timeout: float = TASK_TIMEOUT) -> Any:
        """Return the result of a task that the server runs in the background.

        Parameters
        ----------
        timeout
            Seconds that this one may take, if that is less than what the server has for any.

        Raises
        ------
        DoccanoError
            Where the task failed, or says that it left something out.
        """
        limit = min(timeout, self._task_timeout)
        end = time.monotonic() + limit
        pause = 0.1
        while True:
            status = self.get(f"v1/tasks/status/{task}")
            if status["ready"]:
                break
            if time.monotonic() > end:
                raise UnfinishedError(
                    f"{what}: not finished after {limit:g} s; does the server's worker run"
                    " (doccano task), and what does its log say?"
                )
            time.sleep(pause)
            pause = min(2.0, pause * 1.5)
        result = status.get("result")
        error = status.get("error") or (isinstance(result, dict) and result.get("error"))
        if error:
            raise DoccanoError(f"{what}: the server reports {error}")
        return result

    def _json(self, endpoint: str, call: Callable[[], Any]) -> Any:
        answer = self._answer(endpoint, call)
        try:
            return answer.json()
        except ValueError as error:
            raise DoccanoError(
                f"{endpoint} answers with no JSON: is {self.url} the address of doccano itself?"
            ) from error

    def _answer(self, endpoint: str, call: Callable[[], Any]) -> Any:
        answer = _calling(self.url, call)
        if answer.ok:
            return answer
        detail = answer.text[:300]
        if answer.status_code in (401, 403):
            if answer.status_code == 401 or any(w in detail.casefold() for w in _LOGGED_OUT):
                raise SessionError(
                    "the session has expired: run the command again; what the server has already"
                    " is not sent twice"
                )
            raise DoccanoError(f"this user may not use {endpoint}: {detail}")
        raise DoccanoError(f"{endpoint}: the server answers {answer.status_code}: {detail}")


def connect(url: str, user: str, password: str, *, task_timeout: float = TASK_TIMEOUT) -> Server:
    """Log in.

    Raises
    ------
    DoccanoError
        Where the server does not answer, its certificate is not valid, or what answers is not
        doccano.
    SessionError
        Where user or password are wrong.
    ImportError
        Where ``doccano-client`` is not installed.
    """
    if not url.startswith(("http://", "https://")):
        raise DoccanoError(f"{url!r} is no address: it begins with https:// or http://")
    try:
        from doccano_client import DoccanoClient
    except ModuleNotFoundError as error:
        raise ImportError('doccano needs its client: pip install "govextract[doccano]"') from error
    if not hasattr(DoccanoClient, "get_file"):
        raise DoccanoError(
            "this doccano-client is of a generation that does not go with spaCy:"
            ' pip install "doccano-client>=1.1.1,<1.2"'
        )
    try:
        client = _calling(url, lambda: DoccanoClient(url, user, password))
    except ValueError as error:
        raise DoccanoError(f"{url} is not the address of a doccano server") from error
    session = client.session
    session.request = partial(session.request, timeout=TIMEOUT)
    server = Server(client, task_timeout=task_timeout)
    try:
        me = server.get("v1/me")
    except SessionError as error:
        raise SessionError(f"{url} does not know this user with this password") from error
    if not isinstance(me, dict) or me.get("username") != user:
        raise SessionError(f"{url} did not log {user!r} in")
    return server


def _calling(url: str, call: Callable[[], Any]) -> Any:
    import requests

    try:
        return call()
    except requests.exceptions.SSLError as error:
        raise DoccanoError(
            f"the certificate of {url} cannot be verified: {error}; name your own authority's"
            " certificate in REQUESTS_CA_BUNDLE"
        ) from error
    except requests.exceptions.JSONDecodeError as error:
        raise ValueError("no JSON") from error
    except requests.exceptions.Timeout as error:
        raise DoccanoError(f"{url} did not answer in {TIMEOUT:g} s") from error
    except requests.exceptions.ConnectionError as error:
        raise DoccanoError(
            f"no server answers at {url}: is it started, is the address right?"
        ) from error
    except requests.exceptions.RequestException as error:
        raise DoccanoError(f"{url}: {error}") from error
