"""Keeping a store: migrate, backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.articles import busy
from musnad.cli.options import DEFAULT_STORE, StoreOption, count, say, writing


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad backup news.nq.gz --store news.musnad")(backup)
    app.command(epilog="Example: musnad restore news.nq.gz --store again.musnad")(restore)
    app.command(epilog="Example: musnad migrate --store news.musnad")(migrate)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; one that ends in .gz is packed.")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write all that a store holds to one file that carries its own SHA-256.

    It is sorted N-Quads: the same content gives the same bytes, and every RDF tool reads it. A folder that
    another process has open is backed up through that process: give the address of its server.
    """
    from musnad.collection.keeping import back_up
    from musnad.graph.layout import LAYOUT, read_layout
    from musnad.graph.store import open_store

    # A store of an older layout too: whoever is about to migrate it wants a backup first.
    with open_store(store, create=False, older=True) as opened, writing(file), busy("backing up"):
        layout = LAYOUT if "://" in str(store) else read_layout(Path(store))
        found = back_up(opened, file, layout=layout)
    say(f"wrote {file}: {count(found.quads, 'quad')}, sha256 {found.digest}")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that musnad backup wrote.")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Put a backup into a new or empty store, in one step, and check it there by its SHA-256."""
    from musnad.collection.keeping import check_backup, restore_backup
    from musnad.graph.store import open_store

    # Before the store is opened: a folder for a file that is damaged is not even made.
    check_backup(file)
    with open_store(store) as opened, busy("restoring"):
        found = restore_backup(file, opened)
    say(f"restored {count(found.quads, 'quad')} into {store}, sha256 {found.digest}")


def migrate(*, store: StoreOption = DEFAULT_STORE) -> None:
    """Bring a store that an older musnad made to the layout of this one, in one step.

    A store that has it already is left alone. Stopped at any moment, it is as it was, and can be run again.
    """
    from musnad.collection.keeping import migrate as bring

    with busy("migrating"):
        before, after = bring(store)
    if before == after:
        say(f"{store} has layout {after} already")
    else:
        say(f"{store}: layout {before} became {after}")
