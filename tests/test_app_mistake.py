"""The page for reporting a mistake: nothing chosen, chosen, nonsense in the link, and what can be taken away."""

import pytest
from streamlit.testing.v1 import AppTest

from test_app import HOSTILE, _fixed_day, assert_sound, markdown, opened, words  # noqa: F401 - the fixture holds the day still
from thbfund import Catalogue
from thbfund.report.mistake import facts_on
from thbfund.web import report_mistake_view

RATE = "strands.daphne.eligibility.eu_rate"
SAYS = "The call of 2026 says 80 %. Quillmark"


@pytest.fixture
def chosen() -> AppTest:
    return opened("mistake", programme="cerv", fact=RATE)


def test_without_a_choice_the_page_asks_for_the_programme_alone() -> None:
    app = opened("mistake")
    assert_sound(app)
    assert [found.label for found in app.selectbox] == ["Language of this page", "Programme"]
    assert not app.warning


def test_a_link_to_a_fact_shows_what_the_catalogue_says_with_its_source(chosen: AppTest) -> None:
    assert_sound(chosen)
    said = words(chosen)
    assert "The catalogue says" in said
    assert "0.9" in said
    assert "Source: " in said
    assert not chosen.code


def test_what_is_wrong_gives_a_text_two_files_and_a_mail_without_the_text(chosen: AppTest) -> None:
    chosen.get_by_key("mistake_says").input(SAYS).run()
    assert_sound(chosen)
    assert f"> {SAYS}" in chosen.code[0].value
    assert len(chosen.get("download_button")) == 2
    mail = chosen.get("link_button")[0].proto.url
    assert mail.startswith("mailto:?subject=")
    assert "Quillmark" not in mail + str(chosen.query_params)


def test_a_link_to_a_call_offers_the_facts_of_that_call() -> None:
    app = opened("mistake", programme="cerv", topic="CERV-2026-DAPHNE-PROTECTION")
    assert_sound(app)
    assert "Deadline" in app.get_by_key("fact").options


def test_no_two_facts_of_a_programme_or_call_bear_the_same_name(catalogue: Catalogue) -> None:
    for key, programme in catalogue.programmes.items():
        strands = {strand.id: strand.name for strand in programme.strands}
        topics = catalogue.calls[key].topics if key in catalogue.calls else ()
        for topic in ("", *(one.id for one in topics)):
            paths = {found.path: found for found in facts_on(catalogue, key, topic)}
            names = report_mistake_view.names_of(paths, strands)
            assert len(set(names.values())) == len(paths), (key, topic)


def test_what_another_source_says_is_named_in_the_readers_language() -> None:
    app = opened("mistake", language="de", programme="cerv", topic="CERV-2023-DAPHNE")
    assert "Frist, andere Quelle, 1" in app.get_by_key("fact").options


@pytest.mark.parametrize("key", ["programme", "topic", "fact"])
@pytest.mark.parametrize("asked_for", ["marshall-plan", "<script>alert(1)</script>", "../../etc/passwd", HOSTILE])
def test_nonsense_in_the_link_is_answered_and_not_repeated(key: str, asked_for: str) -> None:
    app = opened("mistake", **({"programme": "cerv"} | {key: asked_for}))
    assert_sound(app)
    assert "names nothing that this catalogue holds" in app.warning[0].value
    assert asked_for not in markdown(app)


def test_another_programme_takes_call_and_fact_of_the_one_before_out_of_the_link() -> None:
    app = opened(
        "mistake",
        programme="cerv",
        topic="CERV-2026-DAPHNE-PROTECTION",
        fact="topics.CERV-2026-DAPHNE-PROTECTION.deadline",
    )
    app.get_by_key("programme").set_value("amif-2021-2027").run()
    assert not app.warning
    assert set(app.query_params) == {"programme"}


def test_another_call_takes_the_fact_of_the_one_before_out_of_the_link() -> None:
    app = opened("mistake", programme="cerv", fact=RATE)
    app.get_by_key("topic").set_value("CERV-2026-DAPHNE-PROTECTION").run()
    assert not app.warning
    assert app.get_by_key("fact").value is None


def test_what_is_no_web_address_is_said_to_be_left_out(chosen: AppTest) -> None:
    chosen.get_by_key("mistake_source").input("javascript:alert(1)").run()
    assert "no web address" in chosen.warning[0].value
