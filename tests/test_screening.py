"""Many projects at once: each good row comes out once, in its order; each bad one is told; nothing else is kept."""

import csv
import errno
import gc
import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace
from datetime import date
from types import ModuleType

import httpx
import numpy as np
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from distributed import default_client

from thbfund.cli import main
from thbfund.input.problems import InputError
from thbfund.matching import Matcher
from thbfund.ranking.estimate import OFF
from thbfund.screening import parts, tables, workers
from thbfund.screening.cells import project_in
from thbfund.screening.parts import Parts, run_of
from thbfund.screening.run import run
from thbfund.screening.screen import COLUMNS, PER_PROGRAMME, TOP, Question, Screened, screen
from thbfund.screening.tables import BATCH, batches
from thbfund.screening.workers import Job, cluster, here

ON = date(2026, 6, 1)
TEXTS = [
    "Shelter and counselling for women who are victims of trafficking in human beings in Germany.",
    "Training for police officers who investigate trafficking in human beings across borders.",
    "A study of how children are recruited online for sexual exploitation.",
]


def make_rows(count):
    return [{"id": f"p{n}", "summary": TEXTS[n % 3]} for n in range(count)]


def written(path, rows):
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    elif path.suffix == ".parquet":
        pd.DataFrame(rows).to_parquet(path)
    else:
        pd.DataFrame(rows).to_excel(path, index=False)
    return path


def screened(data, source, output, *options):
    command = ["--data", str(data), "screen", str(source), "-o", str(output), "--on", str(ON), "--workers", "1"]
    return CliRunner().invoke(main, [*command, *options])


def ids(path):
    return [row["id"] for row in csv.DictReader(path.open(encoding="utf-8"))]


@pytest.fixture
def job(tiny_folder, tiny):
    return Job(tiny_folder, tiny.fingerprint, Question(ON, "all"))


# -- what a row gives


def test_a_row_gives_the_first_three_programmes_of_a_match(tiny_matcher):
    [row] = screen(tiny_matcher, Question(ON, "all"), [(1, make_rows(1)[0])]).rows
    project_alone = tiny_matcher.match(project_of(tiny_matcher, TEXTS[0]), ON, "all")

    assert [row[f"programme_{rank}"] for rank in (1, 2, 3)] == [
        match.programme.id for match in project_alone.matches[:3]
    ]
    assert row["score_1"] == project_alone.matches[0].scored.score
    assert row["verdict_1"] == project_alone.matches[0].judgement.verdict
    assert tuple(row) == COLUMNS


def project_of(matcher, summary):
    from factories import make_project

    return make_project(matcher.catalogue.vocabularies, summary=summary)


def test_columns_of_a_project_file_count(tiny_matcher):
    row = {
        "id": "1", "summary": TEXTS[0], "applicant_type": "ngo", "applicant_country": "DE",
        "partner_countries": "FR; IT", "countries_of_action": "DE;FR", "requested_grant_eur": "90000",
        "total_budget_eur": 100000.0, "duration_months": "24", "start": "2026-09", "language": "en",
        "beneficiaries_third_country_nationals": "yes",
    }  # fmt: skip

    assert screen(tiny_matcher, Question(ON), [(1, row)]).problems == ()


def test_an_empty_cell_is_unknown(tiny_matcher):
    row = {"id": 7.0, "summary": TEXTS[0], "requested_grant_eur": float("nan"), "applicant_type": " ", "title": None}
    [found] = screen(tiny_matcher, Question(ON), [(1, row)]).rows

    assert found["id"] == "7"


@pytest.mark.parametrize(
    ("cell", "column", "code"),
    [
        ({"summary": ""}, "summary", "missing-field"),
        ({"id": ""}, "id", "missing-field"),
        ({"requested_grant_eur": "much"}, "requested_grant_eur", "not-an-amount"),
        ({"applicant_country": "Atlantis"}, "applicant.country", None),
        ({"beneficiaries_third_country_nationals": "perhaps"}, "beneficiaries_third_country_nationals", None),
        ({"duration_months": "0"}, "duration_months", None),
        ({"requested_grant_eur": "600.000"}, "requested_grant_eur", "not-an-amount"),
        ({"requested_grant_eur": "600_000"}, "requested_grant_eur", "not-an-amount"),
        ({"total_budget_eur": True}, "total_budget_eur", "not-an-amount"),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_column_and_the_others_are_screened(tiny_matcher, cell, column, code):
    batch = [(1, make_rows(1)[0]), (2, {"id": "bad", "summary": TEXTS[1], **cell})]
    found = screen(tiny_matcher, Question(ON), batch)

    assert [row["id"] for row in found.rows] == ["p0"]
    [problem] = found.problems
    assert problem["row"] == 2
    assert problem["column"] == column
    assert code in {None, problem["code"]}


def test_a_problem_never_repeats_the_summary(tiny_matcher):
    row = {"id": "1", "summary": "Marker sentence of a secret shelter. " * 2000}
    [problem] = screen(tiny_matcher, Question(ON), [(1, row)]).problems

    assert "Marker" not in json.dumps(problem)


# -- the short way to the same answer


FORMS = [
    {},
    {"applicant_type": "ngo", "applicant_country": "DE", "partner_countries": "FR;IT"},
    {"applicant_type": "public_authority", "applicant_country": "RS", "requested_grant_eur": 400_000},
    {"countries_of_action": "NG;MD", "target_groups": "victims_of_trafficking", "priorities": "A"},
]


@pytest.fixture(scope="module")
def described(catalogue, data):
    """Rows in many languages, of the field and not, with and without a form."""
    texts = [record.description for record in catalogue.ranking.labelled][::9]
    texts += [json.loads(line)["text"] for line in (data / "evidence" / "field.jsonl").read_text("utf-8").splitlines()][
        ::11
    ]
    return [{"id": str(n), "summary": text, **FORMS[n % len(FORMS)]} for n, text in enumerate(texts)]


@pytest.mark.parametrize("period", ["open", "all", "2014-2020"])
def test_a_row_says_of_the_first_three_what_a_whole_match_says(catalogue, described, period):
    matcher = Matcher(catalogue, None)
    rows = screen(matcher, Question(ON, period), list(enumerate(described))).rows

    assert len(rows) == len(described)
    for row, said in zip(described, rows, strict=True):
        report = matcher.match(project_in(row, catalogue.vocabularies), ON, period)
        first = [
            (
                match.programme.id,
                match.scored.score,
                match.scored.band,
                match.judgement.verdict,
                match.judgement.role.role,
                ";".join(outcome.rule for outcome in match.judgement.outcomes if outcome.answer == "not_met"),
            )
            for match in report.matches[:TOP]
        ]
        assert [tuple(said[f"{name}_{rank}"] for name in PER_PROGRAMME) for rank in range(1, TOP + 1)] == first
        assert said["nothing_fits"] == report.nothing_fits
        assert said["warnings"] == ";".join(warning.code for warning in report.warnings)


def test_no_estimate_is_further_off_than_is_allowed_for(catalogue, described):
    ranker = Matcher(catalogue, None).ranker
    off = []
    for row in described:
        project = project_in(row, catalogue.vocabularies)
        understood = ranker.reader.read(project)
        estimates = ranker.estimates(understood, ranker.compared(understood, project))
        exact = [scored.score for scored in ranker.score(understood, project, share=1.0)]
        off.append(np.abs(estimates - exact).max())

    assert 0 < max(off) < OFF


def test_strands_that_may_lead_are_scored_and_no_others(catalogue, described):
    ranker = Matcher(catalogue, None).ranker
    project = project_in(described[0], catalogue.vocabularies)
    scored = ranker.leading(ranker.reader.read(project), project, 1.0, frozenset(catalogue.programmes), TOP)

    assert len({each.document.programme.id for each in scored}) >= TOP
    assert len(scored) < len(ranker.documents) / 2


# -- tables in and out


@pytest.mark.parametrize("source", [".csv", ".jsonl", ".parquet", ".xlsx"])
@pytest.mark.parametrize("output", [".csv", ".jsonl", ".parquet", ".xlsx"])
def test_every_kind_of_table_is_read_and_written(tiny_folder, tmp_path, source, output):
    result = screened(tiny_folder, written(tmp_path / f"in{source}", make_rows(4)), tmp_path / f"out{output}")

    assert result.exit_code == 0, result.stderr
    read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".xlsx": pd.read_excel}
    kinds = {**read, ".jsonl": lambda path: pd.read_json(path, lines=True)}
    table = kinds[output](tmp_path / f"out{output}")
    assert list(table.columns) == list(COLUMNS)
    assert list(table["id"]) == ["p0", "p1", "p2", "p3"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_may_be_parted_as_spreadsheets_of_any_country_do_it(tmp_path, separator):
    path = tmp_path / "in.csv"
    path.write_text(f"id{separator}summary\n1{separator}A shelter\n", encoding="utf-8")

    assert [dict(row) for batch in batches(path) for _, row in batch] == [{"id": "1", "summary": "A shelter"}]


def test_rows_come_out_in_the_order_of_the_input_over_several_batches(tiny_folder, tmp_path):
    rows = make_rows(BATCH + 3)
    screened(tiny_folder, written(tmp_path / "in.csv", rows), tmp_path / "out.csv")

    assert ids(tmp_path / "out.csv") == [row["id"] for row in rows]


def test_bad_rows_stand_beside_the_output_and_the_command_says_so(tiny_folder, tmp_path):
    rows = [*make_rows(2), {"id": "bad", "summary": " "}]
    result = screened(tiny_folder, written(tmp_path / "in.csv", rows), tmp_path / "out.csv")

    assert result.exit_code == 1
    assert "1 rows have problems" in result.stderr
    [problem] = map(json.loads, (tmp_path / "out.csv.bad.jsonl").read_text(encoding="utf-8").splitlines())
    assert (problem["row"], problem["id"]) == (3, "bad")
    assert ids(tmp_path / "out.csv") == ["p0", "p1"]


def test_an_id_that_a_spreadsheet_would_calculate_comes_out_inert(tiny_folder, tmp_path):
    rows = [{"id": "=1+1", "summary": TEXTS[0]}]
    screened(tiny_folder, written(tmp_path / "in.jsonl", rows), tmp_path / "out.xlsx")

    cell = openpyxl.load_workbook(tmp_path / "out.xlsx").active["A2"]
    assert cell.data_type == "s"
    assert not str(cell.value).startswith("=")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("in.txt", b"x", "ends in '.txt'"),
        ("in.csv", b"id,text\n1,x\n", "no column 'summary'"),
        ("in.csv", b"\xff\xfe\x00", "cannot be read"),
        ("in.jsonl", b'{"id": 1,\n', "no JSON object"),
        ("in.parquet", b"<html>", "cannot be read"),
        ("in.xlsx", b"PK\x03\x04", "cannot be read"),
        ("in.csv", None, "No such file"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_in_a_sentence_and_nothing_is_written(
    tiny_folder, tmp_path, name, content, said
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = screened(tiny_folder, tmp_path / name, tmp_path / "out.csv")

    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("source", [".csv", ".jsonl", ".parquet", ".xlsx"])
def test_columns_are_found_however_their_names_are_written_and_blank_rows_are_none(tmp_path, source):
    rows = [{"ID": one["id"], " Summary ": one["summary"]} for one in make_rows(2)]
    table = written(tmp_path / f"in{source}", [rows[0], {"ID": "", " Summary ": " "}, rows[1], dict.fromkeys(rows[0])])

    [batch] = batches(table)
    assert batch == [(1, make_rows(2)[0]), (3, make_rows(2)[1])]


def test_an_empty_table_gives_an_empty_one(tiny_folder, tmp_path):
    (tmp_path / "in.csv").write_text("id,summary\n", encoding="utf-8")

    assert screened(tiny_folder, tmp_path / "in.csv", tmp_path / "out.csv").exit_code == 0
    assert ids(tmp_path / "out.csv") == []


# -- interruption


def test_an_interrupted_run_goes_on_where_it_stopped(job, tmp_path):
    source, output = written(tmp_path / "in.csv", make_rows(2 * BATCH + 1)), tmp_path / "out.csv"

    def stopped(numbered):
        yield next(here(job)(numbered))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(source, output, Parts(output, run_of(source, job)), stopped, lambda _: None)
    assert not output.exists()

    seen = []

    def watched(numbered):
        return here(job)((seen.append(number) or number, batch) for number, batch in numbered)

    done = run(source, output, Parts(output, run_of(source, job)), watched, lambda _: None)
    assert seen == [1, 2]
    assert (done.rows, done.before) == (2 * BATCH + 1, BATCH)
    assert ids(output) == [f"p{n}" for n in range(2 * BATCH + 1)]
    assert not output.with_name("out.csv.parts").exists()


OTHERS = {
    "catalogue": {"fingerprint": "0" * 64},
    "on": {"question": Question(date(2026, 6, 2), "all")},
    "period": {"question": Question(ON, "open")},
    "encoder": {"encoder": True},
}


@pytest.mark.parametrize("change", ["input", "version", "batch", *OTHERS])
def test_what_was_done_for_another_run_does_not_count(job, tmp_path, monkeypatch, change):
    source, output = written(tmp_path / "in.csv", make_rows(1)), tmp_path / "out.csv"
    asked = run_of(source, job)
    Parts(output, asked).keep(0, Screened((), ()))
    assert Parts(output, run_of(source, job)).has(0)

    if change == "input":
        written(source, make_rows(2))
    monkeypatch.setattr(parts, "__version__", "9" if change == "version" else parts.__version__)
    monkeypatch.setattr(parts, "BATCH", 7 if change == "batch" else BATCH)
    other = run_of(source, replace(job, **OTHERS.get(change, {})))
    assert {name for name in asked if asked[name] != other[name]} == {change}
    assert not Parts(output, other).has(0)


def test_an_error_of_a_worker_leaves_what_is_done(job, tmp_path):
    source, output = written(tmp_path / "in.csv", make_rows(BATCH + 1)), tmp_path / "out.csv"
    asked = run_of(source, job)

    def refused(numbered):
        yield next(here(job)(numbered))
        yield next(here(replace(job, fingerprint="0" * 64))(numbered))

    with pytest.raises(InputError, match="a worker's catalogue"):
        run(source, output, Parts(output, asked), refused, lambda _: None)
    assert Parts(output, asked).has(0)


def test_a_table_that_turns_out_to_be_unreadable_leaves_nothing_behind(job, tmp_path):
    source, output = written(tmp_path / "in.jsonl", make_rows(BATCH)), tmp_path / "out.csv"
    with source.open("a", encoding="utf-8") as stream:
        stream.write("{\n")

    with pytest.raises(InputError, match="no JSON object"):
        run(source, output, Parts(output, run_of(source, job)), here(job), lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_result_that_cannot_be_written_to_its_end_leaves_the_old_one_and_the_parts(job, tmp_path, monkeypatch):
    source, output = written(tmp_path / "in.csv", make_rows(2)), tmp_path / "out.csv"
    output.write_text("old", encoding="utf-8")

    def no_room(path, rows):
        path.write_text(next(iter(rows))["id"], encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(tables.WRITERS, ".csv", no_room)
    with pytest.raises(OSError, match="No space"):
        run(source, output, Parts(output, run_of(source, job)), here(job), lambda _: None)
    assert output.read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "out.csv", "out.csv.parts"}


def test_parts_hold_nothing_that_a_row_says_of_the_project(job, tmp_path):
    source, output = written(tmp_path / "in.csv", make_rows(3)), tmp_path / "out.csv"
    parts = Parts(output, run_of(source, job))
    for number, found in here(job)(enumerate(batches(source))):
        parts.keep(number, found)

    kept = "".join(path.read_text(encoding="utf-8") for path in parts.folder.iterdir())
    assert "counselling" not in kept
    assert '"p0"' in kept


# -- on a cluster


@pytest.mark.slow
def test_a_worker_that_is_killed_in_mid_run_costs_no_row_and_doubles_none(tiny_folder, tiny, tmp_path):
    source, output = written(tmp_path / "in.csv", make_rows(12 * BATCH)), tmp_path / "out.csv"
    job = Job(tiny_folder, tiny.fingerprint, Question(ON, "all"))
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
            "--no-dashboard", "--no-show", "--scheduler-file", str(tmp_path / "scheduler.json")]  # fmt: skip
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(tmp_path / "scheduler.json"),
              "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1",
              "--local-directory", str(tmp_path)]  # fmt: skip
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
               for command in (dask, worker, worker)]  # fmt: skip
    try:
        address = address_in(tmp_path / "scheduler.json")
        killed = []

        def advance(_):
            if not killed:
                os.kill(running[1].pid, signal.SIGKILL)
                killed.append(True)

        with cluster(address, 2, job) as work:
            done = run(source, output, Parts(output, run_of(source, job)), work, advance)
    finally:
        for process in running:
            process.kill()
            process.wait()

    assert killed
    assert done.rows == 12 * BATCH
    assert ids(output) == [f"p{n}" for n in range(12 * BATCH)]


def address_in(path):
    for _ in range(300):
        if path.exists() and (text := path.read_text(encoding="utf-8")).strip():
            return json.loads(text)["address"]
        time.sleep(0.1)
    pytest.fail("the scheduler did not start")


def test_two_workers_of_this_machine_write_the_same_bytes_as_one(tiny_folder, tmp_path):
    source = written(tmp_path / "in.csv", make_rows(2 * BATCH))
    screened(tiny_folder, source, tmp_path / "one.csv")
    command = [sys.executable, "-m", "thbfund", "--data", str(tiny_folder), "screen", str(source), "--on", str(ON)]
    subprocess.run([*command, "-o", str(tmp_path / "two.csv"), "--workers", "2"], check=True, capture_output=True)

    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


@pytest.fixture
def _plain_main(monkeypatch):
    """A main module that workers can start from: a test of a page leaves its script there."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.mark.usefixtures("_plain_main")
def test_a_cluster_of_this_machine_has_no_pages_that_tell_of_the_work(job):
    with cluster(None, 1, job):
        port = default_client().scheduler_info()["services"]["dashboard"]
        found = [
            httpx.get(f"http://127.0.0.1:{port}/{page}").status_code for page in ("status", "info/main/workers.html")
        ]

    assert found == [404, 404]


@pytest.mark.usefixtures("_plain_main")
def test_rows_that_are_done_are_held_no_longer_so_that_memory_does_not_grow_with_the_table(job, monkeypatch):
    monkeypatch.setattr(workers, "_screened", lambda _, number, __: (number, Screened((), ())))
    row = {"id": "a", "summary": "shelter" * 20_000}  # 140 kB, on the wire and in whatever is kept of it
    batches = ((number, [(1, row | {"id": str(number)})]) for number in range(120))
    held = []
    tracemalloc.start()
    try:
        with cluster(None, 1, job) as work:
            for number, _ in enumerate(work(batches)):
                if number in {39, 119}:
                    gc.collect()
                    held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()

    before, after = held
    assert after - before < 20 * 140_000  # of 80 batches that passed between


def test_workers_with_another_catalogue_are_refused(job):
    other = Job(job.data, "0" * 64, job.question)

    with pytest.raises(InputError, match="a worker's catalogue"):
        list(here(other)(enumerate([[(1, make_rows(1)[0])]])))


@pytest.fixture
def without_encoder(monkeypatch):
    monkeypatch.setattr(workers, "installed_encoder", lambda: None)
    workers.matcher_of.cache_clear()


@pytest.mark.usefixtures("without_encoder")
def test_workers_without_the_encoder_are_refused_where_it_was_asked_for(job):
    batch = [(1, make_rows(1)[0])]

    assert len(list(here(job)(enumerate([batch])))) == 1
    with pytest.raises(InputError, match="encoder is not installed"):
        list(here(replace(job, encoder=True))(enumerate([batch])))


@pytest.mark.usefixtures("without_encoder")
def test_the_command_asks_for_the_encoder_before_it_begins(tiny_folder, tmp_path):
    source = written(tmp_path / "in.csv", make_rows(1))
    result = screened(tiny_folder, source, tmp_path / "out.csv", "--with-encoder")

    assert result.exit_code == 1
    assert "the sentence encoder is not installed" in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path != tiny_folder] == ["in.csv"]


def test_where_no_scheduler_answers_a_sentence_says_so(tiny_folder, tmp_path):
    source = written(tmp_path / "in.csv", make_rows(1))
    command = ["--data", str(tiny_folder), "screen", str(source), "-o", str(tmp_path / "out.csv")]
    result = CliRunner().invoke(main, [*command, "--scheduler", "tcp://127.0.0.1:9"])

    assert result.exit_code == 1
    assert "nothing answers at tcp://127.0.0.1:9" in result.stderr
    assert "Traceback" not in result.output


def test_workers_and_a_scheduler_exclude_each_other(tmp_path):
    command = ["screen", "in.csv", "-o", str(tmp_path / "o.csv"), "--workers", "2", "--scheduler", "tcp://x:1"]

    assert CliRunner().invoke(main, command).exit_code == 2
