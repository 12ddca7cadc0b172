"""The catalogue as open data: JSON, CSV, SQLite, and a Frictionless package; each names version, date and licence."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from typing import Any

import pandas as pd
from pydantic import BaseModel

from thbfund import __version__
from thbfund.catalogue.contents import Catalogue
from thbfund.report.inert import inert_cell
from thbfund.staff.keys import PRIMARY_KEYS, REFERENCES, Reference
from thbfund.staff.tables import descriptions, tables

LICENCE = "CC-BY-4.0"
LICENCE_PAGE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "EU funding against trafficking in human beings"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes each time: no clock in the archive

_SQL_TYPES = {"bool": "INTEGER", "int64": "INTEGER", "Int64": "INTEGER", "float64": "REAL"}
_FIELD_TYPES = {"bool": "boolean", "int64": "integer", "Int64": "integer", "float64": "number"}


def export_values(catalogue: Catalogue) -> dict[str, Any]:
    """Return the whole catalogue as dictionaries and lists; what was left out in the files is left out here."""
    return {
        **_imprint(catalogue),
        "programmes": _dumped(catalogue.programmes.values()),
        "calls": _dumped(catalogue.calls.values()),
        "projects": _dumped(catalogue.evidence),
        "policy": _dumped(catalogue.policy.files.values()),
        "guidance": _dumped(catalogue.guidance.files.values()),
        "vocabularies": _dumped(catalogue.vocabularies.by_id.values()),
        "lexicons": _dumped(catalogue.lexicons.values()),
    }


def _dumped(models: Iterable[BaseModel]) -> list[dict[str, Any]]:
    return [model.model_dump(mode="json", exclude_defaults=True) for model in models]


def export_json(catalogue: Catalogue) -> bytes:
    """The whole catalogue as one JSON document; nothing is lost on the way back."""
    return (json.dumps(export_values(catalogue), ensure_ascii=False, indent=2) + "\n").encode()


def export_csv(catalogue: Catalogue) -> bytes:
    """A ZIP archive with one CSV table per kind and a README; no cell begins as a formula."""
    found = tables(catalogue)
    readme = "\n".join(f"{key}: {value}" for key, value in _imprint(catalogue).items())
    return _archive(
        {"README.txt": f"{TITLE}\n{readme}\n"} | {f"{name}.csv": _csv(table) for name, table in found.items()}
    )


def export_package(catalogue: Catalogue) -> bytes:
    """A ZIP archive that is a Frictionless Data Package, with a DCAT description beside it."""
    found = tables(catalogue)
    files = {
        "datapackage.json": json.dumps(_datapackage(catalogue, found), ensure_ascii=False, indent=2),
        "dcat.jsonld": json.dumps(_dcat(catalogue, found), ensure_ascii=False, indent=2),
    }
    return _archive(files | {f"data/{name}.csv": _csv(table) for name, table in found.items()})


def export_sqlite(catalogue: Catalogue) -> bytes:
    """A SQLite database with the same tables, and one named `about`."""
    with closing(sqlite3.connect(":memory:")) as database:
        found = tables(catalogue)
        for name, table in found.items():
            database.execute(_create_table(name, table, found))
        for name, table in found.items():
            table.to_sql(name, database, index=False, if_exists="append")
        pd.DataFrame([_imprint(catalogue)]).to_sql("about", database, index=False)
        database.commit()
        return database.serialize()


EXPORTS: Mapping[str, Callable[[Catalogue], bytes]] = {
    "json": export_json,
    "csv": export_csv,
    "sqlite": export_sqlite,
    "package": export_package,
}
"""Formats of the export, and what makes each."""


def _imprint(catalogue: Catalogue) -> dict[str, str]:
    return {
        "version": __version__,
        "date": catalogue.checked_on.isoformat(),
        "licence": LICENCE,
        "fingerprint": catalogue.fingerprint,
    }


def _csv(table: pd.DataFrame) -> str:
    inert = table.map(lambda cell: inert_cell(cell) if isinstance(cell, str) else cell)
    return inert.to_csv(index=False, lineterminator="\n")


def _archive(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _datapackage(catalogue: Catalogue, found: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The description of Frictionless Data Package v1 (specs.frictionlessdata.io)."""
    described = descriptions(catalogue)
    return {
        "name": "thbfund-catalogue",
        "title": TITLE,
        "version": __version__,
        "created": catalogue.checked_on.isoformat(),
        "licenses": [{"name": LICENCE, "path": LICENCE_PAGE}],
        "resources": [
            {
                "name": name,
                "path": f"data/{name}.csv",
                "profile": "tabular-data-resource",
                "description": described[name],
                "encoding": "utf-8",
                "schema": _schema(name, table, found),
            }
            for name, table in found.items()
        ],
    }


def _schema(name: str, table: pd.DataFrame, found: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    return {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(PRIMARY_KEYS[name]),
        "foreignKeys": [
            {
                "fields": list(reference.columns),
                "reference": {
                    "resource": "" if reference.table == name else reference.table,  # "" names the table itself
                    "fields": list(reference.key),
                },
            }
            for reference in _references(name, found)
        ],
    }


def _references(name: str, found: Mapping[str, pd.DataFrame]) -> list[Reference]:
    """References of a table to tables that are there; a kind without entries has none."""
    return [reference for reference in REFERENCES.get(name, ()) if reference.table in found]


def _create_table(name: str, table: pd.DataFrame, found: Mapping[str, pd.DataFrame]) -> str:
    """The SQL of a table with its keys."""
    columns = [f'"{column}" {_SQL_TYPES.get(str(table[column].dtype), "TEXT")}' for column in table.columns]
    keys = [f"PRIMARY KEY ({_quoted(PRIMARY_KEYS[name])})"]
    keys += [
        f'FOREIGN KEY ({_quoted(reference.columns)}) REFERENCES "{reference.table}" ({_quoted(reference.key)})'
        for reference in _references(name, found)
    ]
    return f'CREATE TABLE "{name}" ({", ".join([*columns, *keys])})'


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _field(column: str, table: pd.DataFrame) -> dict[str, str]:
    return {"name": column, "type": _FIELD_TYPES.get(str(table[column].dtype), "string")}


def _dcat(catalogue: Catalogue, found: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """One dataset with a distribution per table, in the terms of DCAT (W3C) and Dublin Core."""
    described = descriptions(catalogue)
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Dataset",
        "dct:title": TITLE,
        "dct:description": "Programmes, strands, calls, conditions of eligibility and tags, each fact with its source.",
        "dct:modified": catalogue.checked_on.isoformat(),
        "dct:license": {"@id": LICENCE_PAGE},
        "dcat:keyword": ["trafficking in human beings", "EU funding", "grants", "eligibility"],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": name,
                "dct:description": described[name],
                "dct:format": "text/csv",
                "dcat:accessURL": {"@id": f"data/{name}.csv"},
            }
            for name in found
        ],
    }
