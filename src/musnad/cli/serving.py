"""A local address for pages and SPARQL: serve."""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musnad.cli.options import DEFAULT_STORE, say

if TYPE_CHECKING:
    from musnad.views.explorer.server import Server


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog="Example: musnad serve --store news.musnad --port 8765")(serve)


def _share_arenas() -> None:
    """Let all threads take memory from two places, where the C library is glibc; before there are threads.

    Each would have a place of its own, and none gives back what a large answer once took: a quarter more
    memory after some thousand pages.
    """
    import ctypes

    arena_max = -8  # M_ARENA_MAX of malloc.h
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(arena_max, 2)


def serve(
    *,
    store: Annotated[
        Path,
        typer.Option(
            "--store", "-s", envvar="MUSNAD_STORE", help="The folder of the store.", show_default=True
        ),
    ] = Path(DEFAULT_STORE),
    host: Annotated[
        str, typer.Option("--host", help="The address of this machine to listen at.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port to listen at; 0 takes a free one.")
    ] = 8765,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name the server goes by; may be repeated."),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            "--cors", metavar="ORIGIN", help="An origin whose pages may query /sparql; may be repeated."
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, max=600, help="Seconds that a query may take.")
    ] = 10.0,
    review: Annotated[
        bool,
        typer.Option("--review", help="Let drafts be reviewed at /review by whoever signs in; needs --by."),
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            "--by", envvar="MUSNAD_REVIEWER", help="With --review: who decides; kept with each decision."
        ),
    ] = "",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log every request to standard error.")
    ] = False,
) -> None:
    """Serve a store: pages to read, and a SPARQL endpoint at /sparql; Ctrl-C stops it.

    With --review drafts can be decided about: an address that signs in once, and a token for scripts, are
    printed to standard error. Without it nothing can be written. See docs/how-to/review-in-the-browser.md.
    """
    from musnad.errors import MissingExtra, UnfitStore

    if "://" in str(store) or ":/" in str(store):
        raise UnfitStore(
            "a server owns the folder it serves, and this is an address",
            where=str(store),
            remedy="Give the folder of a store; a SPARQL endpoint can be asked at its own address.",
        )
    try:
        from musnad.views.endpoint import Limits
        from musnad.views.explorer.server import Address, Reviewer, Server
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"serving needs the package {error.name}", remedy="Install it: pip install 'musnad[web]'."
        ) from error
    _share_arenas()
    if hasattr(signal, "SIGPIPE"):
        # A client that hangs up is no reason to end, as it is where data is piped on.
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    # What a service manager sends ends as Ctrl-C does: requests answered, the store closed, status 0.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(message)s",
    )
    address = Address(host, port, tuple(allow_host or ()), tuple(cors or ()))
    reviewer = Reviewer(_named(by), lambda: datetime.now().astimezone()) if review else None
    with Server(store, address, Limits(seconds=timeout), reviewer) as server, suppress(KeyboardInterrupt):
        server.run(lambda url: _tell(server, url))


def _named(by: str) -> str:
    from musnad.errors import UnknownReviewer

    if not by.strip():
        raise UnknownReviewer(
            "nobody is named who reviews",
            where="--review",
            remedy='Give --by "Amal Saleh", or set MUSNAD_REVIEWER; the name is kept with every decision.',
        )
    return by.strip()


def _tell(server: Server, url: str) -> None:
    say(f"serving {server.folder} at {url} (SPARQL at {url}sparql); Ctrl-C stops it")
    if server.review is not None:
        keys = server.review.door.keys
        say(f"sign in to review, once: {url}review/sign-in?key={keys.make_once()}")
        say(f"token for scripts, while this server runs: {keys.make_token()}")
