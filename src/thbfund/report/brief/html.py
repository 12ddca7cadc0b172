"""A document as one HTML file to print or pass on: no script, nothing from elsewhere, every word escaped."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from thbfund.report.brief.document import Block, Bullets, Document, Heading, Paragraph, Spans, Table
from thbfund.report.inert import plain_span, web_address

STYLE = """
:root { color-scheme: light; }
body { font: 11pt/1.4 "Noto Sans", "Segoe UI", Arial, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
h1 { font-size: 1.6em; line-height: 1.2; margin: 0 0 .4em; color: #123a6b; }
h2 { font-size: 1.25em; margin: 1.2em 0 .4em; padding-bottom: .1em; border-bottom: 2px solid #123a6b;
  color: #123a6b; }
h3 { font-size: 1.12em; margin: 1.1em 0 .2em; }
h4 { font-size: 1em; margin: .6em 0 .1em; color: #123a6b; }
p, ul { margin: .2em 0 .5em; }
ul { padding-left: 1.3em; }
ul.small { list-style: none; padding-left: 0; }
li { margin: .1em 0; }
a { color: #0b4fa0; overflow-wrap: anywhere; }
.small { font-size: .88em; color: #444; }
.warning { border-left: 4px solid #b25000; padding: .4em .7em; background: #fff6ec; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .3em 0 .6em; font-size: .93em; }
caption { text-align: left; font-size: .9em; color: #444; padding-bottom: .2em; }
th, td { border: 1px solid #b9c3cf; padding: .2em .45em; text-align: left; vertical-align: top; }
thead th { background: #e9eff6; }
tbody th { font-weight: 600; }
@page { size: A4; margin: 15mm 16mm; }
@media print {
  body { font-size: 9pt; line-height: 1.32; max-width: none; padding: 0; }
  h2, h3, h4 { break-after: avoid; }
  tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}
"""

# The browser takes this one style and nothing else, whatever may have slipped into the text.
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"


def html_of(document: Document) -> str:
    """The whole file."""
    title = _safe(document.title)
    body = "\n".join(line for block in document.blocks for line in _block(block))
    return f"""<!DOCTYPE html>
<html lang="{_safe(document.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level + 1}>{_spans(block.spans)}</h{block.level + 1}>"
    elif isinstance(block, Paragraph):
        yield f'<p class="{block.look}">{_spans(block.spans)}</p>'
    elif isinstance(block, Bullets):
        yield f'<ul class="{block.look}">'
        yield from (f"<li>{_spans(item)}</li>" for item in block.items)
        yield "</ul>"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    # A table wider than a phone scrolls by itself, also with the keyboard.
    name = _safe(table.name)
    yield f'<div class="wide" role="region" aria-label="{name}" tabindex="0"><table><caption>{name}</caption>'
    yield "<thead><tr>" + "".join(f'<th scope="col">{_safe(cell)}</th>' for cell in table.head) + "</tr></thead><tbody>"
    for first, *others in table.rows:
        cells = "".join(f"<td>{_spans(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{_spans(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _spans(spans: Spans) -> str:
    out = []
    for span in spans:
        text = _safe(span.text)
        if address := web_address(span.url):
            text = f'<a href="{escape(address, quote=True)}" rel="noopener noreferrer">{text}</a>'
        if span.strong:
            text = f"<strong>{text}</strong>"
        if span.language:
            text = f'<span lang="{_safe(span.language)}">{text}</span>'
        out.append(text)
    return "".join(out)


def _safe(text: str) -> str:
    return escape(plain_span(text), quote=True)
