"""HTML as portals publish it: styles, layout tables, spans, and entities."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tests.decree.makers.printed import Block, PParagraph, PTable


def html(blocks: Sequence[Block], *, layout: bool = True) -> str:
    """Write blocks as a page; ``layout`` puts them into a layout table with a menu beside it."""
    body = "\n".join(_block(block) for block in blocks)
    if layout:
        body = (
            "<table width=100%><tr><td class=menu><ul><li>Trang chủ<li>Văn bản</ul></td>"
            f"<td><div class='content'>{body}</div></td></tr></table>"
        )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Văn bản</title><style>td{color:red}</style>'
        f"<script>document.write('<table><tr><td>1</td></tr></table>')</script></head><body>{body}</body></html>"
    )


def _block(block: Block) -> str:
    if isinstance(block, PParagraph):
        words = escape(block.text)
        words = f"<b>{words}</b>" if block.bold else words
        return f'<p style="text-align: center">{words}</p>' if block.centred else f"<p>{words}</p>"
    return _table(block)


def _table(table: PTable) -> str:
    rows = []
    for at, cells in enumerate(table.rows):
        tag = "th" if at < table.headings else "td"
        written = []
        for cell in cells:
            if not cell.rows:
                continue
            spans = (f" colspan={cell.columns}" if cell.columns > 1 else "") + (
                f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            )
            words = "<br>".join(escape(line) for line in cell.text.split("\n"))
            written.append(f"<{tag}{spans}><p>{words}</p></{tag}>" if at % 2 else f"<{tag}{spans}>{words or '&nbsp;'}")
        rows.append(f"<tr>{''.join(written)}" + ("</tr>" if at % 3 else ""))
    return f"<table border=1 cellspacing=0>{''.join(rows)}</table>"
