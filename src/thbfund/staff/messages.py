"""The list of everything that the app says, and the translations: drawn from the source, kept up to date, checked.

`python -m thbfund.staff.messages update` renews all catalogues, `todo pl` lists what Polish lacks as JSON, and
`fill pl FILE` takes translations from such a file. All of them work in a checkout, for they write into the source.
"""

import ast
import json
import string
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, TextIO

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

import thbfund
from thbfund.catalogue.languages import LANGUAGES
from thbfund.catalogue.load import packaged_data
from thbfund.catalogue.vocabulary import VOCABULARIES
from thbfund.input.strict_yaml import read_yaml
from thbfund.speaking import DOMAIN, ENGLISH

PACKAGE = Path(thbfund.__file__).parent
LOCALE = PACKAGE / "locale"
TEMPLATE = LOCALE / f"{DOMAIN}.pot"
TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)

ONE = {"_", "say", "speak"}  # their first argument is a message
TWO = {"counted", "say_count", "count"}  # their first two are the forms for one and for many
WIDTH = 120
MARKS = "*`[]<>\n"  # a translation has as many of each as the original
NAMES = {"thbfund", "EUR"}  # said the same in all languages
FEW_WORDS = 2  # so many may happen to be the same in two languages

Text = str | tuple[str, str]
"""A message, or its forms for one thing and for many."""

# What differs from day to day or from version to version would make every update a change.
_NOISE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By", "Report-Msgid")


def messages() -> dict[Text, set[str]]:
    """Everything that is said, with the files that say it.

    Raises:
        ValueError: where a message is put together while the program runs, so that nobody could translate it.
    """
    found: dict[Text, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in spoken_in(path.read_text(encoding="utf-8"), path.name):
            found.setdefault(text, set()).add(path.relative_to(PACKAGE).as_posix())
    for name, label in labels(packaged_data()):
        found.setdefault(label, set()).add(f"vocabularies/{name}.yaml")
    return found


def labels(data: Path) -> Iterator[tuple[str, str]]:
    """The names of all tags, types and routes, each with its vocabulary."""
    for name in VOCABULARIES:
        path = data / "vocabularies" / f"{name}.yaml"
        if path.is_file():
            vocabulary: Any = read_yaml(path.read_text(encoding="utf-8"), path.name).value
            yield from ((name, entry["label"]) for entry in vocabulary["entries"])


def spoken_in(source: str, file: str = "") -> Iterator[Text]:
    """The messages of a Python source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in ONE and node.args:
            yield from _literals(node.args[0], f"{file}:{node.lineno}")
        elif name in TWO and len(node.args) > 2:  # noqa: PLR2004 - one, many and the number
            one, many = (list(_literals(arg, f"{file}:{node.lineno}")) for arg in node.args[:2])
            yield from ((first, second) for first, second in zip(one, many, strict=True) if first and second)


def _literals(node: ast.expr, place: str) -> Iterator[str]:
    """The texts that an argument may be; nothing where it is a name, whose texts stand where they are defined."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_literals(node.body, place), *_literals(node.orelse, place))
    elif isinstance(node, ast.JoinedStr | ast.BinOp):
        problem = f"{place}: a message must be a literal with fields, not put together by f-string or operator"
        raise ValueError(problem)  # noqa: TRY004 - of the source, not of an argument


def template() -> Catalog:
    """All messages, none translated, each with the files that say it."""
    catalog = Catalog(project="thbfund", header_comment="# Everything that thbfund says. Written by .ci/run messages.")
    for text, files in messages().items():
        catalog.add(text, locations=[(file, 0) for file in sorted(files)])
    return catalog


def written(catalog: Catalog, *, locations: bool = False) -> bytes:
    """A catalogue as text, sorted, the same for the same messages."""
    out = BytesIO()
    write_po(
        out,
        catalog,
        width=WIDTH,
        no_location=not locations,
        include_lineno=False,
        sort_output=True,
        ignore_obsolete=True,
    )
    lines = out.getvalue().decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in _NOISE))]
    return "".join(kept).rstrip("\n").encode() + b"\n"


def path_of(language: str) -> Path:
    """Where the translations into a language are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def translations(language: str) -> Catalog:
    """The translations into a language as they are kept; an empty catalogue where there are none."""
    path = path_of(language)
    if path.is_file():
        with path.open("rb") as source:
            return read_po(source, locale=language)
    comment = f"# thbfund in {language}. Translate in any PO editor, or see CONTRIBUTING.md."
    return Catalog(locale=language, project="thbfund", header_comment=comment, fuzzy=False)


def save(language: str, catalog: Catalog) -> None:
    """Write the translations into a language."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalog))


def renewed(language: str, source: Catalog) -> Catalog:
    """The translations with new messages added and unused ones dropped; none is guessed from a similar one."""
    catalog = translations(language)
    catalog.update(source, no_fuzzy_matching=True)
    return catalog


def todo(catalog: Catalog) -> Iterator[Message]:
    """The messages that have no translation yet."""
    return (message for message in catalog if message.id and (not is_said(message) or message.fuzzy))


def is_said(message: Message) -> bool:
    """Whether every form of a message is translated."""
    return all(_forms(message.string))


def mistakes(message: Message, plurals: int) -> list[str]:
    """What is wrong with a translation, in words; nothing where there is none yet.

    `plurals` is how many forms for numbers its catalogue has by its own head, for the rules of Babel change.
    """
    forms, originals = _forms(message.string), _forms(message.id)
    if not any(forms):
        return []
    wanted = plurals if len(originals) > 1 else 1
    found = [f"{len(forms)} forms instead of {wanted}"] if len(forms) != wanted else []
    for form in forms:
        found += _mistakes(form, originals, forms)
    return found


def _mistakes(form: str, originals: Sequence[str], forms: Sequence[str]) -> Iterator[str]:
    original = originals[-1]
    try:
        fields = _fields(form)
    except ValueError as error:
        yield f"{form!r}: {error}"
        return
    # A form for exactly one thing may do without the number: "one programme".
    optional = {"n"} if len(forms) > 1 and form != forms[-1] else set()
    if fields - _fields(original) or _fields(original) - fields - optional:
        yield f"{form!r}: fields {sorted(fields)} instead of {sorted(_fields(original))}"
    yield from (f"{form!r}: not as many {mark!r}" for mark in MARKS if form.count(mark) != original.count(mark))
    if (form[:1].isspace(), form[-1:].isspace()) != (original[:1].isspace(), original[-1:].isspace()):
        yield f"{form!r}: blanks at its ends differ"
    if original.endswith((".", ":")) and not form.endswith((original[-1], "·")):
        yield f"{form!r}: does not end with {original[-1]!r}"
    if form in originals and is_english(form):
        yield f"{form!r}: left in English"


def is_english(text: str) -> bool:
    """Whether a text has more words than may happen to be the same in another language."""
    bare = "".join(literal for literal, *_ in string.Formatter().parse(text))
    words = [word.strip(string.punctuation) for word in bare.split() if any(map(str.isalpha, word))]
    return sum(word not in NAMES for word in words) > FEW_WORDS


def _fields(text: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(text) if name is not None}


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    if text is None:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def _key(identity: Any) -> Text:
    """A message as `messages` names it; catalogues that were read hold lists."""
    return identity if isinstance(identity, str) else tuple(identity)


def as_json(found: Iterable[Message], files: Mapping[Text, set[str]], plurals: int) -> str:
    """Messages to translate: `to` is "" or, where the wording depends on a number, one "" for each form."""
    listed = [
        {
            "from": list(_forms(message.id)) if message.pluralizable else message.id,
            "to": [""] * plurals if message.pluralizable else "",
            "in": sorted(files.get(_key(message.id), ())),
        }
        for message in found
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1)


def filled(catalog: Catalog, given: Iterable[Mapping[str, Any]]) -> list[str]:
    """Put translations into a catalogue; returns what is wrong with those that were not taken."""
    refused = []
    for entry in given:
        original = entry["from"]
        message = catalog.get(original if isinstance(original, str) else original[0])
        if message is None:
            refused.append(f"{original!r}: no such message")
            continue
        to = entry["to"]
        new = Message(message.id, tuple(to) if isinstance(to, list) else to)
        half = any(_forms(to)) and not all(_forms(to))
        wrong = ["a form is empty"] if half else mistakes(new, catalog.num_plurals)
        if wrong:
            refused += [f"{original!r} -> {one}" for one in wrong]
        elif all(_forms(new.string)):
            message.string = new.string
    return refused


@click.group()
def main() -> None:
    """Keep the translations."""


@main.command()
def update() -> None:
    """Draw all messages from the source, and renew the catalogues of all languages."""
    source = template()
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(written(source, locations=True))
    for language in TRANSLATED:
        save(language, renewed(language, source))
        left = len(list(todo(translations(language))))
        click.echo(f"{language}: {len(source) - left} of {len(source)} translated")


@main.command("todo")
@click.argument("language", type=click.Choice(TRANSLATED))
def todo_command(language: str) -> None:
    """Write what a language lacks as JSON; fill in `to` and hand it to `fill`."""
    catalog = renewed(language, template())
    click.echo(as_json(todo(catalog), messages(), catalog.num_plurals))


@main.command()
@click.argument("language", type=click.Choice(TRANSLATED))
@click.argument("file", type=click.File("r", encoding="utf-8"))
def fill(language: str, file: TextIO) -> None:
    """Take translations from JSON as `todo` writes it; those with a mistake are named and left out, exit code 1."""
    catalog = renewed(language, template())
    refused = filled(catalog, json.load(file))
    save(language, catalog)
    click.echo(f"{language}: {len(list(todo(catalog)))} left")
    for line in refused:
        click.echo(line, err=True)
    sys.exit(bool(refused))


if __name__ == "__main__":
    main()
