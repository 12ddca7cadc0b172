"""The catalogue as open data: nothing is lost on the way, tables hang together, each form names date and licence."""

import io
import json
import sqlite3
import zipfile
from datetime import date
from functools import partial

import pandas as pd
import pytest

from thbfund.catalogue.calls import Calls
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.evidence import FundedProject
from thbfund.catalogue.guidance import GUIDANCE_FILES, Guidance
from thbfund.catalogue.lexicon import Lexicon
from thbfund.catalogue.model import Programme
from thbfund.catalogue.policy import POLICY_FILES, Policy
from thbfund.catalogue.vocabulary import Vocabularies, Vocabulary
from thbfund.staff.export import EXPORTS, LICENCE
from thbfund.staff.keys import PRIMARY_KEYS, REFERENCES
from thbfund.staff.tables import descriptions, tables

TYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "bool"}


@pytest.fixture(scope="module")
def found(catalogue):
    return tables(catalogue)


@pytest.fixture(scope="module")
def package(catalogue):
    with zipfile.ZipFile(io.BytesIO(EXPORTS["package"](catalogue))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return json.loads(files["datapackage.json"]), files


@pytest.fixture(scope="module")
def database(catalogue):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(EXPORTS["sqlite"](catalogue))
    yield connection
    connection.close()


# -- JSON, there and back


def read_export(text):
    """The catalogue that an export in JSON was made from, equal in everything that a file can say."""
    values = json.loads(text)
    found = {}
    for listed in values["vocabularies"]:  # in the order of loading: later lists use words of earlier ones
        found[listed["id"]] = model_of(Vocabulary, listed, Vocabularies(found))
    vocabularies = Vocabularies(found)
    one = partial(model_of, vocabularies=vocabularies)
    return Catalogue(
        programmes={item["id"]: one(Programme, item) for item in values["programmes"]},
        calls={item["programme"]: one(Calls, item) for item in values["calls"]},
        policy=Policy({item["id"]: one(POLICY_FILES[item["id"]], item) for item in values["policy"]}),
        guidance=Guidance({item["id"]: one(GUIDANCE_FILES[item["id"]], item) for item in values["guidance"]}),
        evidence=tuple(one(FundedProject, item) for item in values["projects"]),
        vocabularies=vocabularies,
        lexicons={item["id"]: one(Lexicon, item) for item in values["lexicons"]},
        fingerprint=values["fingerprint"],
        checked_on=date.fromisoformat(values["date"]),
    )


def model_of(model, values, vocabularies):
    return model.model_validate(values, context={"vocabularies": vocabularies})


def test_the_catalogue_read_back_from_json_is_the_one_that_was_exported(catalogue):
    back = read_export(EXPORTS["json"](catalogue))

    assert back.programmes == catalogue.programmes
    assert back.calls == catalogue.calls
    assert back.policy == catalogue.policy
    assert back.evidence == catalogue.evidence
    assert back.vocabularies.by_id == catalogue.vocabularies.by_id
    assert back.lexicons == catalogue.lexicons
    assert (back.fingerprint, back.checked_on) == (catalogue.fingerprint, catalogue.checked_on)


def test_an_export_of_what_was_read_back_is_the_same_to_the_letter(catalogue):
    exported = EXPORTS["json"](catalogue)

    assert EXPORTS["json"](read_export(exported)) == exported


def test_a_lost_fact_would_be_noticed(catalogue):
    values = json.loads(EXPORTS["json"](catalogue))
    del values["programmes"][0]["strands"][0]["eligibility"]

    assert read_export(json.dumps(values)).programmes != catalogue.programmes


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_the_same_catalogue_gives_the_same_bytes(catalogue, form):
    assert EXPORTS[form](catalogue) == EXPORTS[form](catalogue)


# -- tables


def test_every_kind_of_thing_has_a_table(found, catalogue):
    assert set(found) == set(descriptions(catalogue)) == set(PRIMARY_KEYS)
    assert set(catalogue.policy.files) < set(found)


@pytest.mark.parametrize("name", sorted(PRIMARY_KEYS))
def test_no_two_rows_of_a_table_have_the_same_key(found, name):
    keys = found[name][list(PRIMARY_KEYS[name])]

    assert not keys.isna().any().any()
    assert keys[keys.duplicated()].to_dict("records") == []


@pytest.mark.parametrize(
    ("name", "reference"), [(name, reference) for name, listed in REFERENCES.items() for reference in listed], ids=str
)
def test_what_a_row_refers_to_is_there(found, name, reference):
    named = found[name][list(reference.columns)].dropna().itertuples(index=False, name=None)
    there = set(found[reference.table][list(reference.key)].itertuples(index=False, name=None))

    assert set(named) - there == set()


def test_every_source_that_a_fact_cites_is_in_the_table_of_sources(found):
    there = set(found["sources"][["file", "key"]].itertuples(index=False, name=None))
    cited = {
        (fact.file, citation.split(" ")[0])
        for fact in found["facts"].itertuples()
        for citation in fact.sources.split("; ")
        if citation
    }

    assert cited - there == set()


def test_who_sets_a_value_stands_beside_the_value_in_the_table_of_facts(found):
    facts = found["facts"]

    assert {"programme", "call"} <= set(facts["set_by"].dropna())
    assert not facts["value"].str.contains('"set_by"').any()


def test_a_policy_entry_is_a_row_with_its_evidence(found, catalogue):
    table = found["instruments"].set_index("id")
    entry = next(entry for entry in catalogue.policy.instruments if entry.verified and entry.amends)

    row = table.loc[entry.id]
    assert (row["title"], row["amends"]) == (entry.title, "; ".join(entry.amends))
    assert row["sources"].split("; ") == [str(cited) for cited in entry.sources]
    assert row["checked_on"] == entry.checked_on.isoformat()


# -- the package


def test_the_package_describes_every_table_that_it_holds(package, found):
    described, files = package

    assert {resource["name"] for resource in described["resources"]} == set(found)
    assert {resource["path"] for resource in described["resources"]} == {
        name for name in files if name.endswith(".csv")
    }


def test_a_list_of_the_catalogue_is_described_in_its_own_words(package, catalogue):
    said = {resource["name"]: resource["description"] for resource in package[0]["resources"]}
    files = {**catalogue.policy.files, **catalogue.guidance.files}

    assert {name: said[name] for name in files} == {name: file.description for name, file in files.items()}


@pytest.mark.parametrize("name", sorted(PRIMARY_KEYS))
def test_the_cells_of_a_table_are_of_the_types_that_the_package_names(package, name):
    described, files = package
    [schema] = [resource["schema"] for resource in described["resources"] if resource["name"] == name]
    types = {field["name"]: TYPES[field["type"]] for field in schema["fields"]}

    read = pd.read_csv(io.StringIO(files[f"data/{name}.csv"]), dtype=types, keep_default_na=False, na_values=[""])
    assert list(read.columns) == list(types)


@pytest.mark.parametrize("name", sorted(PRIMARY_KEYS))
def test_the_package_names_the_keys_of_a_table(package, name):
    described, _ = package
    [schema] = [resource["schema"] for resource in described["resources"] if resource["name"] == name]
    columns = {field["name"] for field in schema["fields"]}

    assert set(schema["primaryKey"]) <= columns
    assert all(set(key["fields"]) <= columns for key in schema["foreignKeys"])


def test_no_cell_of_the_csv_begins_as_a_formula(package):
    _, files = package
    for name, text in files.items():
        if name.endswith(".csv"):
            cells = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).to_numpy().ravel()
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


# -- the database


def test_the_database_holds_every_table_and_its_references_hold(database, found):
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    assert names == {*found, "about"}
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_row_that_refers_to_nothing_is_refused_by_the_database(database):
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError), database:
        database.execute("INSERT INTO strands (programme, strand) VALUES ('nowhere', 'nothing')")


def test_the_tables_can_be_joined(database):
    rows = database.execute(
        "SELECT count(*) FROM topics JOIN strands USING (programme, strand) JOIN programmes USING (programme)"
    ).fetchone()

    assert rows == database.execute("SELECT count(*) FROM topics").fetchone()


# -- imprint


def test_every_form_names_version_date_and_licence(catalogue, database):
    values = json.loads(EXPORTS["json"](catalogue))
    with zipfile.ZipFile(io.BytesIO(EXPORTS["csv"](catalogue))) as archive:
        readme = archive.read("README.txt").decode()
    about = database.execute("SELECT version, date, licence FROM about").fetchone()

    assert about == (values["version"], values["date"], values["licence"])
    assert all(word in readme for word in about)
    assert values["licence"] == LICENCE


def test_an_entry_of_guidance_is_a_row_that_says_whom_it_concerns(found):
    row = found["before_you_apply"].set_index("id").loc["hungarian-trusts"]

    assert json.loads(row["concerns"])["countries"] == ["HU"]
    assert row["checked_on"] or row["unverified"]
