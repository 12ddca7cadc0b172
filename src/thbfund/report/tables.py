"""PRESENT: a match report as a table for people: terminal, Markdown, CSV."""

import csv
import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from thbfund import explain
from thbfund.matching import Match, MatchReport
from thbfund.report.inert import inert_cell, inert_markdown

COLUMNS = (
    "rank",
    "programme",
    "name",
    "strand",
    "score",
    "band",
    "verdict",
    "role",
    "timing",
    "route",
    "why",
    "obstacle",
    "fix",
)


def report_csv(report: MatchReport, top: int | None = None) -> str:
    """One row per programme; no cell begins as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for match in report.matches[:top]:
        writer.writerow([inert_cell(value) for value in _row(match, report)])
    return out.getvalue()


def report_markdown(report: MatchReport, top: int | None = None) -> str:
    """Results by group, each with reasons, obstacles, fixes and sources."""
    lines = [f"# EU programmes for your project, as on {report.on}", ""]
    lines += [f"> {inert_markdown(warning.message)}\n" for warning in report.warnings]
    if report.nothing_fits:
        lines += ["Nothing here fits well. What follows is weak.", ""]
    shown = {match.rank for match in report.matches[:top]}
    for group, matches in explain.grouped(report).items():
        listed = [match for match in matches if match.rank in shown]
        if listed:
            lines += [f"## {explain.GROUP_TITLES[group]}", ""]
            for match in listed:
                lines += _section(match, report)
    lines += _question_lines(report)
    lines += [
        f"Catalogue checked up to {report.catalogue.checked_on}; fingerprint {report.catalogue.fingerprint[:12]}."
    ]
    return "\n".join(lines) + "\n"


def print_report(report: MatchReport, console: Console, top: int | None = None) -> None:
    """Print a short table with a line of reasons for each programme."""
    for warning in report.warnings:
        console.print(f"Note: {warning.message}", markup=False, style="yellow")
    if report.nothing_fits:
        console.print("Nothing here fits well: the text does not show a project of this field.", style="bold")
    table = Table(title=f"EU programmes as on {report.on}", show_lines=True)
    for heading in ("", "Programme", "Fit", "May you apply?", "Why, and what stands in the way"):
        table.add_column(heading, overflow="fold")
    for match in report.matches[:top]:
        judgement = match.judgement
        verdict = f"{explain.VERDICT_WORDS[judgement.verdict]}\n{explain.ROLE_WORDS[judgement.role.role]}"
        fit = f"{match.scored.band} ({match.scored.score:.2f})"
        name = f"{match.programme.name}\n{match.programme.id}"
        cells = [str(match.rank), name, fit, verdict, _reasons(match, report)]
        table.add_row(*map(Text, cells))  # as Text: nothing in the data is read as mark-up
    console.print(table)
    for line in _question_lines(report):
        console.print(line, markup=False)


def _reasons(match: Match, report: MatchReport) -> str:
    lines = [explain.because(explain.strongest(match), report.catalogue.vocabularies)]
    if stop := explain.obstacle(match.judgement):
        lines.append(stop)
    lines += [f"Fix: {fix}" for fix in explain.fixes(match.judgement)[:1]]
    return "\n".join(lines)


def _row(match: Match, report: MatchReport) -> list[str | int | float]:
    judgement = match.judgement
    return [
        match.rank,
        match.programme.id,
        match.programme.name,
        judgement.strand.id,
        match.scored.score,
        match.scored.band,
        judgement.verdict,
        judgement.role.role,
        match.timing,
        judgement.strand.route.value or "",
        explain.because(explain.strongest(match), report.catalogue.vocabularies),
        explain.obstacle(judgement),
        " ".join(explain.fixes(judgement)),
    ]


def _section(match: Match, report: MatchReport) -> list[str]:
    vocabularies = report.catalogue.vocabularies
    lines = [
        f"### {match.rank}. {inert_markdown(match.programme.name)} (`{match.programme.id}`)",
        "",
        explain.headline(match),
        "",
    ]
    for part in match.scored.contributions:
        reason = inert_markdown(explain.because(part, vocabularies))
        lines.append(f"- {explain.CONTRIBUTION_NAMES[part.name]} {part.value:.2f}: {reason}")
    lines.append("")
    for outcome in match.judgement.outcomes:
        source = f" Source: {outcome.basis.source}." if outcome.basis.source else ""
        answer = {"met": "met", "not_met": "NOT MET", "unknown": "unknown"}[outcome.answer]
        lines.append(f"- {explain.RULE_NAMES[outcome.rule]}, {answer}: {inert_markdown(outcome.reason + source)}")
    lines += [f"- Fix: {inert_markdown(fix)}" for fix in explain.fixes(match.judgement)]
    lines += [f"- Call: {inert_markdown(line)}" for line in explain.calls(match)]
    lines += [f"- Also check: {inert_markdown(item.text)}" for item, _ in match.judgement.also_check]
    return [*lines, ""]


def _question_lines(report: MatchReport) -> list[str]:
    question = explain.question(report)
    return [f"Next question: {question.text} {question.because}", ""] if question else []
