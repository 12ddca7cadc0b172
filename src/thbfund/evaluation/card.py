"""The benchmark card as Markdown: the same figures give the same bytes, whatever the clock says."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from thbfund.evaluation.baselines import ENCODER
from thbfund.evaluation.card_figures import CardFigures
from thbfund.evaluation.fit import FOLDS, MODES
from thbfund.evaluation.metrics import RESAMPLES, hit, interval, summary
from thbfund.evaluation.run import Ranking

FEW = 5  # records; a programme with fewer is told among the failures
MOST = 12  # confusions told
HEAD = ("n", "hit@1", "95 %", "hit@3", "95 %", "mrr")
PEERS: Mapping[str, str] = {"tfidf": "TF-IDF", "bm25": "BM25", ENCODER: "plain encoder"}


def card_markdown(figures: CardFigures) -> str:
    """Write the card."""
    parts = (_head, _main, _seen, _programmes, _languages, _failures, _causes, _field)
    return "\n".join(line for part in parts for line in part(figures)) + "\n"


def main_table(figures: CardFigures) -> list[str]:
    """Ours by weights that had not seen the records, and the peers' methods; the README shows the same lines."""
    ours, bare = figures.with_encoder, figures.without_encoder
    rows = [
        ("thbfund, description", ours.unseen["text"]),
        ("thbfund, description and form", ours.unseen["form"]),
        ("thbfund without encoder, description", bare.unseen["text"]),
        ("thbfund without encoder, description and form", bare.unseen["form"]),
        *((f"{PEERS[name]}, description", english) for name, (english, _) in figures.peers.items()),
        ("thbfund, translations", ours.translated),
        ("the same projects in English", _twins(figures, ours.translated)),
        ("thbfund without encoder, translations", bare.translated),
        *((f"{PEERS[name]}, translations", others) for name, (_, others) in figures.peers.items()),
    ]
    return _table("Method", rows)


def _head(figures: CardFigures) -> Iterator[str]:
    english, translated = figures.with_encoder.unseen["text"], figures.with_encoder.translated
    fitted = figures.fitted
    languages = {ranking.record.lang for ranking in translated}
    yield from (
        "<!-- Written by: thbfund evaluate data/evidence/labelled.jsonl --card -o data/evidence/CARD.md -->",
        "# Benchmark card: how good is the ranking?",
        "",
        "| | |",
        "|---|---|",
        f"| English | {len(english)} projects really funded, in `labelled.jsonl` |",
        f"| Other languages | {len(translated)} translations of them into {len(languages)} languages |",
        "| Right answer | the programme that paid, or one that can be defended |",
        "| Candidates | the programmes of the record's period |",
        f"| Split | {FOLDS} folds; translations and sister projects stand in the same fold, and are no evidence |",
        f"| Intervals | 95 %, percentile bootstrap over records, {RESAMPLES} samples, fixed seed |",
        f"| Weights | fitted on {fitted.fitted_on} with {fitted.encoder} |",
        f"| Labelled records | SHA-256 {fitted.records[:16]} |",
        f"| Catalogue | SHA-256 {figures.catalogue[:16]} |",
        "",
        "[README.md](README.md) explains the data. Bear in mind that whoever wrote word lists, features and the",
        "catalogue's texts had read records, so that projects never seen will be ranked somewhat worse.",
        "",
    )


def _main(figures: CardFigures) -> Iterator[str]:
    yield from (
        "## Main figures: weights that had not seen the record",
        "",
        "Of thbfund the weights were fitted on the other folds. The peers' methods compare the description with the",
        "catalogue's text on each strand, and learn nothing.",
        "",
        *main_table(figures),
        "",
        "The same projects come again in many languages: intervals of translations are too narrow.",
        "",
        "Only records whose source names the programme (label `stated`):",
        "",
        *_table(
            "Mode", [(mode, [r for r in found if _stated(r)]) for mode, found in figures.with_encoder.unseen.items()]
        ),
        "",
    )


def _seen(figures: CardFigures) -> Iterator[str]:
    both = (("with encoder", figures.with_encoder), ("without encoder", figures.without_encoder))
    yield from (
        "## The weights in use",
        "",
        "These were fitted on all records, so that the figures flatter; only the record's own group was left out of",
        "the evidence. `thbfund evaluate data/evidence/labelled.jsonl` gives them.",
        "",
        *_table("Weights", [(f"{name}, {mode}", one.final[mode]) for name, one in both for mode in MODES]),
        "",
    )


def _programmes(figures: CardFigures) -> Iterator[str]:
    groups = _by(figures.with_encoder.unseen["text"], lambda ranking: ranking.record.programme)
    form = _by(figures.with_encoder.unseen["form"], lambda ranking: ranking.record.programme)
    yield from (
        "## Per programme that paid",
        "",
        "Weights that had not seen the record, with the encoder. A handful of records is no figure.",
        "",
        "| Programme | n | hit@1, text | hit@3, text | hit@1, form | hit@3, form |",
        "|---|---:|---:|---:|---:|---:|",
    )
    for name, found in groups.items():
        yield f"| `{name}` | {len(found)} | {_hits(found)} | {_hits(form[name])} |"
    yield ""


def _languages(figures: CardFigures) -> Iterator[str]:
    bare = _by(figures.without_encoder.translated, lambda ranking: ranking.record.lang)
    yield from (
        "## Per language",
        "",
        "Translations by their description, beside the same projects in English; the difference is that of hit@3. The",
        "weights had seen neither.",
        "",
        "| Language | n | hit@1 | hit@3 | English hit@1 | English hit@3 | Difference | Without encoder hit@1 | hit@3 |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    )
    groups = _by(figures.with_encoder.translated, lambda ranking: ranking.record.lang)
    for name, found in {**groups, "all": figures.with_encoder.translated}.items():
        twins = _twins(figures, found)
        without = bare.get(name, figures.without_encoder.translated)
        gap = _share(found, 3) - _share(twins, 3)
        yield f"| {name} | {len(found)} | {_hits(found)} | {_hits(twins)} | {gap:+.3f} | {_hits(without)} |"
    yield ""


def _failures(figures: CardFigures) -> Iterator[str]:
    found = figures.with_encoder.unseen["text"]
    missed = [ranking for ranking in found if not hit(ranking.rank, 1)]
    near = sum(hit(ranking.rank, 3) for ranking in missed)
    rare = {name: group for name, group in _by(found, lambda r: r.record.programme).items() if len(group) < FEW}
    of_rare = [ranking for group in rare.values() for ranking in group]
    inferred = [ranking for ranking in found if not _stated(ranking)]
    yield from (
        "## Known failures",
        "",
        f"By the description, {len(missed)} of {len(found)} records do not come first; {near:.0f} of these come second",
        f"or third, {len(missed) - near:.0f} later.",
        "",
        *_confusions(missed),
        "",
        f"**Programmes with fewer than {FEW} records**: {', '.join(f'`{name}`' for name in rare) or 'none'}. Together",
        f"{len(of_rare)} records, hit@1 {_share(of_rare, 1):.3f}, hit@3 {_share(of_rare, 3):.3f}.",
        "",
        f"**Labels that were inferred**: {len(inferred)} records, hit@1 {_share(inferred, 1):.3f}, hit@3",
        f"{_share(inferred, 3):.3f}.",
        "",
    )


def _confusions(missed: Iterable[Ranking]) -> Iterator[str]:
    confused = Counter((ranking.record.programme, ranking.ranked[0]) for ranking in missed)
    yield from (
        f"**Confused most often** (at most {MOST} pairs):",
        "",
        "| Paid | Put first | Records |",
        "|---|---|---:|",
    )
    for (paid, first), count in sorted(confused.items(), key=lambda item: (-item[1], item[0]))[:MOST]:
        yield f"| `{paid}` | `{first}` | {count} |"


def _causes(_: CardFigures) -> Iterator[str]:
    yield from (
        "**What lies behind.**",
        "",
        "- Programmes of one period pay for the same work: a shelter or a training may be paid by several, and the",
        "  label tells only which one did.",
        "- Money of donor states beside the Union's pays for the same work as its programmes; often a partner's",
        "  country is the only sign of it, and descriptions seldom name it.",
        "- Research on crime and operations against it use the same words.",
        "- What decides between two programmes is often not in a description: who hands out the money, from which",
        "  country, how much. The form's fields tell some of it.",
        "- Every programme of a period is a candidate: rules on who may apply leave none out here.",
        "",
    )


def _field(figures: CardFigures) -> Iterator[str]:
    yield from (
        '## How rightly "nothing here fits" is said',
        "",
        "Texts of `field.jsonl`. Only the half `test` says how good the decision is; words and points were chosen on",
        "`fit`.",
        "",
        "| Half | False hope | False alarm |",
        "|---|---:|---:|",
    )
    for half, errors in figures.field["by_split"].items():
        yield f"| `{half}` | {_wrong(errors['false_hope'])} | {_wrong(errors['false_alarm'])} |"


def _table(first: str, rows: Iterable[tuple[str, Sequence[Ranking]]]) -> list[str]:
    lines = [f"| {first} | {' | '.join(HEAD)} |", f"|---|{'---:|' * len(HEAD)}"]
    for name, found in rows:
        values = summary([ranking.rank for ranking in found])
        shown = [f"{values[f'hit@{k}']:.3f} | {_span(found, k)}" for k in (1, 3)]
        lines.append(f"| {name} | {values['n']} | {' | '.join(shown)} | {values['mrr']:.3f} |")
    return lines


def _span(found: Sequence[Ranking], k: int) -> str:
    low, high = interval([hit(ranking.rank, k) for ranking in found])
    return f"{low:.3f} to {high:.3f}"


def _hits(found: Sequence[Ranking]) -> str:
    return f"{_share(found, 1):.3f} | {_share(found, 3):.3f}"


def _share(found: Sequence[Ranking], k: int) -> float:
    return float(summary([ranking.rank for ranking in found])[f"hit@{k}"])


def _wrong(counted: Mapping[str, Any]) -> str:
    return f"{counted['wrong']} of {counted['n']}"


def _stated(ranking: Ranking) -> bool:
    return ranking.record.label_basis == "stated"


def _twins(figures: CardFigures, translated: Iterable[Ranking]) -> list[Ranking]:
    """The English original of each translation, as often as it was translated."""
    english = {ranking.record.id: ranking for ranking in figures.with_encoder.unseen["text"]}
    return [english[ranking.record.variant_of or ""] for ranking in translated]


def _by(rankings: Iterable[Ranking], key: Callable[[Ranking], str]) -> dict[str, list[Ranking]]:
    groups: dict[str, list[Ranking]] = defaultdict(list)
    for ranking in rankings:
        groups[key(ranking)].append(ranking)
    return dict(sorted(groups.items()))
