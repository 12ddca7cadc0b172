"""Bytes of a file -> its text, or the problem that says how to mend the file."""

from thbfund.input.problems import InputError, Problem


def text_of(content: bytes, file: str, most: int, too_large_hint: str = "") -> str:
    """Return UTF-8 text without its byte order mark.

    Args:
        content: the file's bytes.
        file: its name, for problems.
        most: how many bytes it may have.
        too_large_hint: what to do where it has more.

    Raises:
        InputError: the file is too large or in another encoding.
    """
    if len(content) > most:
        found, allowed = f"found more than {most} bytes", f"at most {most}"  # callers read no further than that
        raise InputError([Problem("too-large", found, file=file, allowed=allowed, hint=too_large_hint)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found, hint = "found a byte that is not UTF-8", "save the file in the encoding UTF-8"
        raise InputError([Problem("not-utf-8", found, file=file, line=line, column=1, hint=hint)]) from None
