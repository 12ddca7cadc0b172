"""What a log may say of an error: its kind and the line that raised it, for its message may repeat what was typed."""

import logging


def kind_and_line(error: BaseException) -> str:
    """`ValueError at thbfund.matching:12`; nothing of what the line held."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    line = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "unknown"
    return f"{type(error).__name__} at {line}"


def without_values(record: logging.LogRecord) -> bool:
    """A filter for logs of Streamlit, which writes down errors that no part caught with all that they say.

    Left are the kind of the error and the line that raised it. It hides no record, so it is always true.
    """
    error = record.exc_info[1] if record.exc_info else None
    if error:
        record.msg, record.args = "not caught: %s", (kind_and_line(error),)
        record.exc_info = record.exc_text = None
    return True
