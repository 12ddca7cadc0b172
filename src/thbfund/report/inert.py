"""Text from data or users made inert: no spreadsheet formula, no Markdown, no HTML comes alive where it is shown."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

# Some Asian editions of spreadsheets take the wide forms for the signs themselves.
_WIDE = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *_WIDE)
_BREAKS = "\n\t"
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, marks of direction, halves of a pair, unassigned
_BLANKS = re.compile(" {2,}")
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # some scripts need them, and they reverse nothing
_SAFE_IN_LINKS = "/:?#@!&'+,;=%~-._"  # what an address needs; brackets, $ and ` would be read as Markdown
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Return one line of text without what is not seen but acts: control characters and marks of writing direction.

    XML, and so DOCX and XLSX, cannot hold the first; the second can make an address read as another one.
    """
    spaced = "".join(" " if letter in _BREAKS else letter for letter in text)
    seen = (one for one in spaced if one in _JOINERS or unicodedata.category(one) not in _HIDDEN)
    return _BLANKS.sub(" ", "".join(seen)).strip()  # blanks that keep an amount together stay


def plain_span(text: str) -> str:
    """Return text made plain, with the blanks kept that set it apart from its neighbours."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{found}{after}" if (found := plain(text)) else before


def web_address(url: str | None) -> str:
    """Return an address that is safe to link to, in ASCII; "" for anything but http and https."""
    try:
        parts = urlsplit(plain(url or ""))
    except ValueError:  # brackets that are no address of IPv6
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    return quote(parts.geturl(), safe=f"{_SAFE_IN_LINKS}[]")


def inert_cell(value: str | float) -> str | float:
    """Return a value that no spreadsheet takes for a formula (OWASP, CSV injection): a quote goes before it.

    >>> inert_cell("=1+1")
    "'=1+1"
    >>> inert_cell("a = 1")
    'a = 1'
    """
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def inert_markdown(text: str) -> str:
    r"""Return text with every character escaped that Markdown, or Streamlit's additions to it, would act on.

    >>> inert_markdown("*now*")
    '\\*now\\*'
    """
    return _MARKDOWN.sub(r"\\\1", text)


def source_link(title: str, url: str | None, caution: str) -> str:
    """Return a link to a source, followed by what to know of one that is no original or no official one."""
    return markdown_link(title, url) + (f" ({inert_markdown(caution)})" if caution else "")


def markdown_link(label: str, url: str | None) -> str:
    """Return a Markdown link with an inert label; the label alone where there is no address."""
    return f"[{inert_markdown(label)}]({quote(url, safe=_SAFE_IN_LINKS)})" if url else inert_markdown(label)
