"""Every page in a language that puts each message in brackets: what stands outside them was never said."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from thbfund import speaking
from thbfund.catalogue import packaged_data
from thbfund.catalogue.vocabulary import country_names
from thbfund.speaking import Unsaid, speaker
from thbfund.staff.messages import labels as labels_of
from thbfund.staff.messages import messages
from thbfund.web import speech

APP = Path(__file__).parent.parent / "app.py"
PAGES = Path(speech.__file__).parent / "pages"
BRACKETING = "hu"  # of which Babel knows names, dates and numbers that are not English
NAMES = {"thbfund"}
TEXTS = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success")
WIDGETS = (
    "button",
    "checkbox",
    "date_input",
    "expander",
    "multiselect",
    "number_input",
    "radio",
    "selectbox",
    "text_area",
    "text_input",
    "toggle",
)
_MARKS = re.compile(r":material/\w+:|:[a-z]+(-badge)?(?=\[)|\]\([^)]*\)|https?://\S+|<[^>]*>")


class Brackets:
    """Messages of a language that puts each in brackets; what is on no list of translators stays English."""

    def __init__(self, listed):
        self.listed = listed

    def ugettext(self, text):
        return f"«{text}»" if text in self.listed else text

    def ungettext(self, one, many, n):
        text = one if n == 1 else many
        return f"«{text}»" if (one, many) in self.listed else text


@pytest.fixture(scope="module")
def brackets():
    """The list is drawn from the whole source, once."""
    return Brackets(set(messages()))


@pytest.fixture
def bracketed(monkeypatch, brackets):
    speaker.cache_clear()
    monkeypatch.setattr(speaking, "_messages", lambda language: brackets if language == BRACKETING else _none())
    # A test asks for the words of a choice outside the session, where no language is chosen.
    monkeypatch.setattr(speech, "current", lambda: speaker(BRACKETING))
    monkeypatch.setattr(speech, "unsaid", lambda language: Unsaid(int(language in {"en", BRACKETING}), 0))
    yield
    speaker.cache_clear()


def _none():
    return speaking.NullTranslations()


@pytest.fixture(scope="module")
def catalogue_text():
    """All texts of the catalogue in one, plain; what is shown of them stays English."""
    files = [*sorted(packaged_data().rglob("*.yaml")), *sorted((packaged_data() / "evidence").glob("*.*"))]
    texts = [path.read_text(encoding="utf-8") for path in files]
    names = [*country_names(BRACKETING).values(), *speaker(BRACKETING).locale.languages.values()]
    return _plain(" ".join([*texts, *names]))


def _plain(text):
    return re.sub(r"[\W_]+", " ", re.sub(r"\\n", " ", text)).casefold()


def _shown(app):
    for kind in TEXTS:
        yield from (found.value for found in getattr(app, kind))
    for kind in WIDGETS:
        for found in getattr(app, kind):
            yield found.label
            yield from (said for said in (getattr(found, "help", ""), getattr(found, "placeholder", "")) if said)


def _unsaid(text):
    """What stands outside the brackets, in pieces of at least two words."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"«[^«»]*»", "\n", text)
    pieces = re.split(r"[\n;,:()\[\]·]|\*\*|\. ", _MARKS.sub("\n", text.replace("\\", "")))
    return [piece for piece in pieces if len(re.findall(r"[^\W\d_]{3,}", piece)) > 1]


@pytest.fixture(scope="module")
def labels(catalogue):
    """The names of tags, but for words that the glossary explains and tags are called by too."""
    terms = {_plain(entry.term).strip() for entry in catalogue.policy.files["glossary"].entries}
    return {_plain(label).strip() for _, label in labels_of(packaged_data())} - terms


def _missed(app, catalogue_text, labels):
    assert not app.exception
    found = {piece.strip() for text in _shown(app) for piece in _unsaid(str(text))}
    return sorted(piece for piece in found if (said := _plain(piece).strip()) not in catalogue_text or said in labels)


def _app(page="match", **query):
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in {"language": BRACKETING, **query}.items():
        app.query_params[key] = value
    if page != "match":
        app.switch_page(str(PAGES / f"{page}.py"))
    return app.run()


@pytest.mark.usefixtures("bracketed")
@pytest.mark.parametrize(
    ("page", "query"),
    [
        *(pytest.param(path.stem, {}, id=path.stem) for path in sorted(PAGES.glob("[a-z]*.py"))),
        pytest.param("programme", {"id": "cerv"}, id="one programme"),
        pytest.param("tags", {"tag": "A"}, id="one tag"),
        pytest.param("two_programmes", {"first": "cerv", "second": "amif-2021-2027"}, id="two that were chosen"),
        *(
            pytest.param("policy", {"part": part}, id=f"policy {part}")
            for part in ("actors", "glossary", "instruments", "outlook", "outreach", "statistics")
        ),
    ],
)
def test_every_text_of_a_page_is_said_or_stands_in_the_catalogue(page, query, catalogue_text, labels):
    missed = _missed(_app(page, **query), catalogue_text, labels)
    assert not missed, "\n".join(missed)


@pytest.mark.usefixtures("bracketed")
def test_every_text_of_the_results_is_said_or_stands_in_the_catalogue(catalogue_text, labels):
    app = _app()
    example = next(button for button in app.button if "Before they leave" in button.label)
    missed = _missed(example.click().run(), catalogue_text, labels)
    assert not missed, "\n".join(missed)
