"""Tables for people (aligned, on a terminal) and for programs (CSV, JSON)."""

from __future__ import annotations

from musnad.collection.table import Table


def write_table(table: Table, form: str) -> str:
    """Give a table as text in `form`: table, csv or json."""
    if form == "csv":
        return table.to_csv()
    if form == "json":
        return table.to_json()
    return draw_table(table)


def draw_table(table: Table) -> str:
    """Draw a table with aligned columns, as wide as its cells need; Arabic stands in logical order."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawing

    drawing = Drawing(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in table.columns:
        drawing.add_column(column, overflow="fold")
    for row in table.rows:
        drawing.add_row(*("" if cell is None else _plain(cell) for cell in row))
    console = Console(width=_width(table), color_system=None, highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(drawing)
    lines = (line.rstrip() for line in capture.get().splitlines())
    return "\n".join(lines).strip("\n") + "\n"


def _plain(cell: object) -> str:
    return " ".join(str(cell).split())


def _width(table: Table) -> int:
    """Give the width at which no cell is folded, within reason for a line of text."""
    columns = zip(table.columns, zip(*table.rows, strict=True), strict=True) if table.rows else ()
    need = sum(
        max(len(name), *(len(_plain("" if cell is None else cell)) for cell in cells)) + 4
        for name, cells in columns
    )
    return max(40, min(need + 2, 400))
