"""PRESENT: a match report as a table for people: terminal, Markdown, CSV."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from thbfund import explain
from thbfund.contributions import CONTRIBUTION_NAMES, because
from thbfund.financing import financing
from thbfund.guidance.before import to_prepare, whom_to_ask
from thbfund.guidance.start import start_sentence
from thbfund.left_out import Change
from thbfund.lineage import Told, lineage_of
from thbfund.matching import Match, MatchReport
from thbfund.parts import PartByPart
from thbfund.questions import next_question
from thbfund.report import call_lines
from thbfund.report.approach import approach_lines
from thbfund.report.contributions import because_markdown
from thbfund.report.guidance import body_name, guidance_lines, proof_line, starts_of, who_applies
from thbfund.report.inert import inert_cell, inert_markdown, markdown_link, source_link
from thbfund.report.parts import parts_lines, summary
from thbfund.report.why import not_higher_lines, why_lines, words_sentence
from thbfund.rules.outcome import Basis, Outcome
from thbfund.rules.wording import checked, sentence
from thbfund.said import lowered, sentences

SHOWN_TO_PREPARE = 3  # below a table the first steps are enough

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
    "doubts",
)


def report_csv(report: MatchReport, top: int | None = None) -> str:
    """One row per programme, none where nothing fits; no cell begins as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for match in () if report.nothing_fits else report.matches[:top]:
        writer.writerow([inert_cell(value) for value in _row(match, report)])
    return out.getvalue()


def report_markdown(
    report: MatchReport,
    top: int | None = None,
    parts: PartByPart | None = None,
    changes: Sequence[Change] | None = None,
) -> str:
    """Results by group, each with reasons, obstacles, fixes and sources."""
    lines = [f"# EU programmes for your project, as on {report.on}", ""]
    lines += [f"> {inert_markdown(warning.message)}\n" for warning in report.warnings]
    if report.nothing_fits:
        return "\n".join([*lines, inert_markdown(explain.nothing_fits(report)), "", *_catalogue_line(report)]) + "\n"
    shown = {match.rank for match in report.matches[:top]}
    for group, matches in explain.grouped(report).items():
        listed = [match for match in matches if match.rank in shown]
        if listed:
            lines += [f"## {explain.GROUP_TITLES[group]}", ""]
            for match in listed:
                lines += _section(match, report)
    lines += why_lines(report, changes)
    lines += parts_lines(parts, report) if parts else []
    lines += approach_lines(report)
    lines += _question_lines(report)
    return "\n".join([*lines, *_catalogue_line(report)]) + "\n"


def print_report(
    report: MatchReport, console: Console, top: int | None = None, parts: PartByPart | None = None
) -> None:
    """Print a short table with a line of reasons for each programme."""
    for warning in report.warnings:
        console.print(f"Note: {warning.message}", markup=False, style="yellow")
    if report.nothing_fits:
        console.print(explain.nothing_fits(report), markup=False, style="bold")
        return
    table = Table(title=f"EU programmes as on {report.on}", show_lines=True)
    for heading in ("", "Programme", "Fit", "May we apply?", "Why, and what stands in the way"):
        table.add_column(heading, overflow="fold")
    for match in report.matches[:top]:
        judgement = match.judgement
        role, timing = explain.ROLE_WORDS[judgement.role.role], explain.timing(match)
        verdict = "\n".join(dict.fromkeys([explain.verdict(match), role, timing, *_route(match, report)]))
        fit = f"{match.scored.band} ({match.scored.score:.2f})"
        name = "\n".join([match.programme.name, match.programme.id, *_page(match)])
        cells = [str(match.rank), name, fit, verdict, _reasons(match, report)]
        table.add_row(*map(Text, cells))  # as Text: nothing in the data is read as mark-up
    console.print(table)
    if parts and parts.parts:
        console.print(f"{summary(parts, report)}\n", markup=False)
    for line in _next_step(report, top):
        console.print(line, markup=False)
    for line in _question_lines(report):
        console.print(line, markup=False)


def _next_step(report: MatchReport, top: int | None) -> list[str]:
    """What to do now about the first programme that one may perhaps apply to; nothing where there is none."""
    open_to_you = (match for match in report.matches[:top] if match.judgement.verdict in {"eligible", "to_check"})
    match = next(open_to_you, None)
    if match is None:
        return []
    who, strand = who_applies(report), match.judgement.strand
    titles = [one.item.title for one in to_prepare(report.catalogue, match.programme, strand, who)][:SHOWN_TO_PREPARE]
    bodies = [body_name(one) for one in whom_to_ask(report.catalogue, match.programme, strand, who.country)][:1]
    starts = [f"Earliest start: {start_sentence(one, report.project.start)}" for one in starts_of(match, report)[:1]]
    lines = [*([f"Before you apply: {'; '.join(titles)}."] if titles else []), *(f"Ask: {body}." for body in bodies)]
    more = "All of it, with sources: --format md."
    return [f"Next, for {match.programme.name}:", *lines, *starts, more, ""] if lines or starts else []


def _reasons(match: Match, report: MatchReport) -> str:
    lines = [because(explain.strongest(match), report.catalogue, report.understood.language)]
    if stop := explain.obstacle(match.judgement):
        lines.append(stop)
    lines += [f"Fix: {fix}" for fix in explain.fixes(match.judgement).changes[:1]]
    lines += [said for said in (explain.strands(match), explain.by_usual_terms(match.judgement)) if said]
    lines += explain.doubts(match.judgement)
    lines += [said.text for said in _outlook(match, report)]
    return "\n".join(lines)


def _outlook(match: Match, report: MatchReport) -> list[Told]:
    """What follows a programme that has ended or soon ends; nothing for the others."""
    lineage = lineage_of(match.programme, report.catalogue)
    return lineage.after(report.on) if lineage.is_due(report.on) else []


def _outlook_line(said: Told, on: date) -> str:
    """With sources, so that a reader can see for themselves what is law and what is not."""
    note = sentence(said.evidence.note) if said.evidence.note else ""
    return f"- {inert_markdown(sentences(said.text, note))}{proof_line(said.evidence, said.sources, on)}"


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
        because(explain.strongest(match), report.catalogue, report.understood.language),
        explain.obstacle(judgement),
        " ".join(explain.fixes(judgement).changes),
        " ".join(explain.doubts(judgement)),
    ]


def _section(match: Match, report: MatchReport) -> list[str]:
    lines = [
        f"### {match.rank}. {inert_markdown(match.programme.name)} (`{match.programme.id}`)",
        "",
        explain.headline(match),
        "",
        *(f"- Route: {inert_markdown(route)}" for route in _route(match, report)),
        *(f"- {markdown_link('Official page', page)}" for page in _page(match)),
        *(
            f"- {inert_markdown(said)}"
            for said in (explain.strands(match), explain.by_usual_terms(match.judgement))
            if said
        ),
        "",
    ]
    for part in match.scored.contributions:
        reason = because_markdown(part, report.catalogue, report.understood.language)
        lines.append(f"- {CONTRIBUTION_NAMES[part.name]} {part.value:.2f}: {reason}")
        if said := words_sentence(part, match, report):
            lines.append(f"  - {inert_markdown(said)}")
    lines += not_higher_lines(match, report)
    lines.append("")
    for outcome in match.judgement.outcomes:
        answer = {"met": "met", "not_met": "NOT MET", "unknown": "unknown"}[outcome.answer]
        reason = inert_markdown(outcome.reason)
        lines.append(f"- {explain.RULE_NAMES[outcome.rule]}, {answer}: {reason}{_source(outcome.basis)}")
        lines += [f"  - Another source says: {_by_another(other)}" for other in outcome.others]
    lines += [f"- Fix: {inert_markdown(fix)}" for fix in explain.fixes(match.judgement).changes]
    money = financing(match, report)
    lines += [f"- Money, {lowered(title)}: {inert_markdown(figure.because)}" for title, figure in money.figures]
    lines += [f"- Money rests on: {inert_markdown(assumption.said)}" for assumption in money.assumptions]
    lines += [f"- Call: {inert_markdown(line)}" for line in call_lines.calls(match)]
    lines += [
        f"- Also check: {inert_markdown(item.text)}{_source(basis)}" for item, basis in match.judgement.also_check
    ]
    lines += guidance_lines(match, report)
    lines += [_outlook_line(said, report.on) for said in _outlook(match, report)]
    return [*lines, ""]


def _source(basis: Basis) -> str:
    """Where a condition was read and on which day, to stand after its sentence; "" where the catalogue holds none."""
    if not basis.source:
        return ""
    day = f", {checked(basis.checked_on, basis.overdue)}" if basis.checked_on else ""
    return f" Source: {source_link(basis.source, basis.url, basis.caution)}{day}."


def _by_another(other: Outcome) -> str:
    return f"{inert_markdown(sentence(other.programme_value or other.reason))}{_source(other.basis)}"


def _route(match: Match, report: MatchReport) -> list[str]:
    route = match.judgement.strand.route.value
    return [report.catalogue.vocabularies.label("routes", route)] if route else []


def _page(match: Match) -> list[str]:
    page = match.programme.official_page.value
    return [page] if page else []


def _catalogue_line(report: MatchReport) -> list[str]:
    catalogue = report.catalogue
    return [f"Catalogue checked up to {catalogue.checked_on}; fingerprint {catalogue.fingerprint[:12]}."]


def _question_lines(report: MatchReport) -> list[str]:
    question = next_question(report)
    return [f"Next question: {question.text} {question.because}", ""] if question else []
