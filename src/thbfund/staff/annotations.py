"""Problems as GitHub writes them beside the lines of a change: workflow commands such as `::error file=...::text`."""

from thbfund.input.problems import Problem, Severity

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def github_annotation(problem: Problem) -> str:
    """One problem as one line; file, line and column make GitHub show it in its place."""
    place = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.code}
    told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items() if value)
    allowed = f", expected {problem.allowed}" if problem.allowed else ""
    hint = f" - {problem.hint}" if problem.hint else ""
    field = f"{problem.field}: " if problem.field else ""
    return f"::{_LEVELS[problem.severity]} {told}::{_escaped(f'{field}{problem.message}{allowed}{hint}')}"


def _escaped(text: str, also: str = "") -> str:
    """Percent signs, line ends and, in a property, what would end it are written as codes."""
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
