"""Text from data or users made inert: no spreadsheet formula, no Markdown, no HTML comes alive where it is shown."""

import re
from urllib.parse import quote

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SAFE_IN_LINKS = "/:?#@!&'+,;=%~-._"  # what an address needs; brackets, $ and ` would be read as Markdown
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def inert_cell(value: str | float) -> str | float:
    """Return a value that no spreadsheet takes for a formula (OWASP, CSV injection): a quote goes before it."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def inert_markdown(text: str) -> str:
    """Return text with every character escaped that Markdown, or Streamlit's additions to it, would act on."""
    return _MARKDOWN.sub(r"\\\1", text)


def source_link(title: str, url: str | None, caution: str) -> str:
    """Return a link to a source, followed by what to know of one that is no original or no official one."""
    return markdown_link(title, url) + (f" ({inert_markdown(caution)})" if caution else "")


def markdown_link(label: str, url: str | None) -> str:
    """Return a Markdown link with an inert label; the label alone where there is no address."""
    return f"[{inert_markdown(label)}]({quote(url, safe=_SAFE_IN_LINKS)})" if url else inert_markdown(label)
