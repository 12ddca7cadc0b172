"""The EU approach: which of its four marks a description shows, by which words, what is missing, and what to cite."""

import json
from dataclasses import replace
from datetime import date

import pytest

from factories import ON, READ, dumped, loaded_vocabularies, make_project, write_catalogue
from thbfund import Matcher, load_catalogue
from thbfund.approach import approach_of
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.languages import LANGUAGES
from thbfund.catalogue.policy import POLICY_FILES
from thbfund.report.approach import approach_values, in_a_word
from thbfund.report.contract import report_json
from thbfund.report.highlights import HIGHLIGHT_WORDS
from thbfund.report.tables import report_markdown

TODAY = date(2026, 11, 25)
MARKS = ["human-rights-based", "victim-centred", "gender-specific", "child-sensitive"]
BARE = {
    "en": "A shelter in Italy takes in adults who were victims of human trafficking, and offers beds and food.",
    "de": "Ein Schutzhaus in Italien nimmt erwachsene Opfer von Menschenhandel auf und bietet Betten und Essen.",
    "fr": "Un foyer en Italie accueille des adultes victimes de la traite des êtres humains et offre lit et repas.",
    "pl": "Schronisko we Włoszech przyjmuje dorosłe ofiary handlu ludźmi i zapewnia łóżka oraz jedzenie.",
    "el": "Ένα καταφύγιο στην Ιταλία δέχεται ενήλικα θύματα εμπορίας ανθρώπων και προσφέρει στέγη και τροφή.",
    "hu": "Egy menedékház Olaszországban az emberkereskedelem felnőtt áldozatait fogadja, ágyat és ételt ad.",
}
SHOWING = [
    ("en", "rights-named", "All of it rests on human rights."),
    ("en", "non-punishment", "Lawyers see to it that victims are not punished for begging."),
    ("en", "access-to-rights", "On the first day they are informed of their rights."),
    ("en", "equal-treatment", "We work without discrimination."),
    ("en", "unconditional-support", "Help is unconditional."),
    ("en", "informed-choice", "Nothing is done without their informed consent."),
    ("en", "own-needs", "Each has an individual plan."),
    ("en", "no-further-harm", "Staff are trained in trauma-informed care."),
    ("en", "survivors-voice", "Former victims sit on the board."),
    ("en", "gender-perspective", "A gender analysis comes first."),
    ("en", "women-and-men", "A second house is for men and boys."),
    ("en", "figures-by-sex", "We report figures disaggregated by age."),
    ("en", "violence-against-women", "Partners work against domestic violence."),
    ("en", "best-interests", "The best interests of the child come first."),
    ("en", "representative", "A guardian acts for each of the children."),
    ("en", "child-friendly", "Interviews with children are child-friendly."),
    ("en", "schooling", "Children go back to school."),
    ("en", "age-in-doubt", "Children get the benefit of the doubt until an age assessment."),
    ("de", "rights-named", "Grundlage sind die Menschenrechte."),
    ("de", "no-further-harm", "Das Team arbeitet traumasensibel."),
    ("de", "gender-perspective", "Die Arbeit ist gendersensibel."),
    ("de", "best-interests", "Das Kindeswohl steht an erster Stelle."),
    ("fr", "rights-named", "Le projet repose sur les droits de l'homme."),
    ("fr", "own-needs", "Chaque personne reçoit un accompagnement personnalisé."),
    ("fr", "violence-against-women", "Les partenaires luttent contre les violences faites aux femmes."),
    ("fr", "schooling", "Les enfants sont scolarisés."),
    ("pl", "rights-named", "Podstawą są prawa człowieka."),
    ("pl", "informed-choice", "Wszystko odbywa się za zgodą tych osób."),
    ("pl", "gender-perspective", "Uwzględniamy perspektywę płci."),
    ("pl", "best-interests", "Najważniejsze jest dobro dziecka."),
    ("el", "rights-named", "Βάση είναι τα ανθρώπινα δικαιώματα."),
    ("el", "gender-perspective", "Λαμβάνει υπόψη τη διάσταση του φύλου."),
    ("hu", "rights-named", "Alapja az emberi jogok tisztelete."),
    ("hu", "own-needs", "Mindenki személyre szabott segítséget kap."),
]  # fmt: skip


def checked(matcher, text, **changes):
    vocabularies = matcher.catalogue.vocabularies
    report = matcher.match(make_project(vocabularies, summary=text, **changes), TODAY)
    return {one.approach.id: one for one in approach_of(report)}


def shown_in(marks):
    return {shown.sign.id for one in marks.values() for shown in one.shown}


# ---- what a text shows, with the real catalogue ----


@pytest.mark.parametrize(("language", "sign", "sentence"), SHOWING)
def test_a_sentence_shows_a_sign_that_the_text_without_it_does_not(matcher, language, sign, sentence):
    without = checked(matcher, BARE[language], language=language)
    added = checked(matcher, f"{BARE[language]} {sentence}", language=language)

    assert sign not in shown_in(without)
    assert sign in shown_in(added)


@pytest.mark.parametrize("language", BARE)
def test_a_text_that_speaks_of_beds_and_food_alone_shows_nothing(matcher, language):
    marks = checked(matcher, BARE[language], language=language)

    assert list(marks) == MARKS
    assert shown_in(marks) == set()
    assert [in_a_word(one) for one in marks.values()] == ["not found"] * 3 + ["does not apply"]


def test_what_is_shown_and_what_is_missing_are_all_signs_of_a_mark(matcher):
    mark = checked(matcher, f"{BARE['en']} Help is unconditional, and each has an individual plan.")["victim-centred"]

    assert in_a_word(mark) == "shown in part"
    assert [shown.sign.id for shown in mark.shown] == ["unconditional-support", "own-needs"]
    assert [sign.id for sign in mark.missing] == ["informed-choice", "no-further-harm", "survivors-voice"]


def test_a_mark_of_which_every_sign_is_found_is_shown_and_needs_no_advice(matcher):
    all_of_it = (
        "A gender analysis comes first. Figures are disaggregated. A house is for men and boys. We fight femicide."
    )
    mark = checked(matcher, f"{BARE['en']} {all_of_it}")["gender-specific"]

    assert in_a_word(mark) == "shown"
    assert mark.missing == ()


def test_a_mark_that_concerns_every_project_needs_no_reason(matcher):
    marks = checked(matcher, BARE["en"])

    assert [bool(one.because) for one in marks.values()] == [False, False, False, True]


def test_a_text_from_outside_the_field_gets_no_advice(matcher):
    assert checked(matcher, "We restore a medieval organ and train organists, with respect for human rights.") == {}


def test_the_score_does_not_depend_on_the_approach(matcher):
    project = make_project(matcher.catalogue.vocabularies, summary=f"{BARE['en']} Nothing is done without consent.")
    report = matcher.match(project, TODAY)
    others = {name: lexicon for name, lexicon in report.catalogue.lexicons.items() if name != "approach"}
    bare = Matcher(replace(report.catalogue, lexicons=others)).match(project, TODAY)

    assert report.understood.approach
    assert not bare.understood.approach
    assert [(one.programme.id, one.scored.score) for one in bare.matches] == [
        (one.programme.id, one.scored.score) for one in report.matches
    ]


# ---- children ----


def test_child_sensitive_applies_where_children_are_recognised_and_says_so(matcher):
    mark = checked(matcher, "A shelter in Italy takes in children who were victims of human trafficking.")[
        "child-sensitive"
    ]

    assert mark.applies
    assert mark.because == "It applies, for among those served are: Children."
    assert mark.missing


def test_child_sensitive_does_not_apply_without_children_and_says_why(matcher):
    mark = checked(matcher, BARE["en"])["child-sensitive"]

    assert not mark.applies
    assert mark.missing == ()
    assert "nothing says that those served are Children or Unaccompanied children" in mark.because


@pytest.mark.parametrize(
    ("groups", "applies"),
    [(["victims_of_trafficking", "children"], True), (["unaccompanied_children"], True), (["women_and_girls"], False)],
)
def test_the_people_stated_in_the_form_decide_whether_it_applies(matcher, groups, applies):
    assert checked(matcher, BARE["en"], target_groups=groups)["child-sensitive"].applies == applies


def test_a_text_that_shows_a_sign_of_it_is_told_the_rest_even_where_no_child_is_stated(matcher):
    text = f"{BARE['en']} A legal guardian is named for minors."
    mark = checked(matcher, text, target_groups=["victims_of_trafficking"])["child-sensitive"]

    assert mark.because == "It applies, for the text shows signs of it."
    assert [shown.sign.id for shown in mark.shown] == ["representative"]
    assert len(mark.missing) == len(mark.approach.signs) - 1


# ---- as shown ----


def test_json_gives_for_each_mark_words_advice_and_a_sourced_clause(matcher):
    project = make_project(matcher.catalogue.vocabularies, summary=f"{BARE['en']} Help is unconditional.")
    report = matcher.match(project, TODAY)
    marks = {one["id"]: one for one in json.loads(report_json(report))["approach"]}

    mark = marks["victim-centred"]
    assert mark["shown"] == [
        {
            "id": "unconditional-support",
            "title": "Help does not depend on cooperation with the police",
            "words": ["unconditional"],
        }
    ]
    assert mark["clause"].startswith("Directive 2011/36/EU, Art. 11(1)")
    assert all(missing["add"] and missing["clause"] for one in marks.values() for missing in one["missing"])
    assert all(one["sources"] for one in marks.values())


@pytest.mark.parametrize(
    ("language", "said", "repeated"),
    [
        ("en", "They are helped whether or not they cooperate with the police.", "whether or not they cooperate"),
        ("fr", "Elle lutte contre les violences à l'égard des femmes.", "violences à l égard des"),
    ],
    ids=["five", "six"],
)
def test_no_more_than_five_words_in_a_row_are_repeated(matcher, language, said, repeated):
    project = make_project(matcher.catalogue.vocabularies, summary=f"{BARE[language]} {said}", language=language)
    values = approach_values(matcher.match(project, TODAY))
    words = [words for one in values for shown in one["shown"] for words in shown["words"]]

    assert repeated in words
    assert max(len(found.split()) for found in words) == HIGHLIGHT_WORDS


def test_markdown_names_the_mark_the_sign_the_advice_and_the_source(matcher):
    project = make_project(matcher.catalogue.vocabularies, summary=f"{BARE['en']} Help is unconditional.")
    shown = report_markdown(matcher.match(project, TODAY))

    assert "## The EU approach" in shown
    assert "- **Victim\\-centred: shown in part.**" in shown
    assert "“unconditional”" in shown
    assert "Not found: People agree" in shown
    assert "Art\\. 11\\(3\\)" not in shown  # what the text shows needs no advice


# ---- an invented catalogue ----


def sign(key, **changes):
    return {"id": key, "title": key, "add": f"Do {key}.", "clause": "Lantern law, Art. 1", **READ, **changes}


def mark(key, *signs, **changes):
    return {"id": key, "title": key, "meaning": key, "clause": "Lantern law, Art. 1", "signs": list(signs), **READ,
            **changes}  # fmt: skip


def with_approach(folder, *marks, terms=None):
    """The tiny catalogue with these marks, and words for their signs."""
    known = (
        terms if terms is not None else {one["id"]: {"en": [one["id"]]} for found in marks for one in found["signs"]}
    )
    write_catalogue(folder, lexicons={"approach": {"id": "approach", "terms": known}})
    law = {"title": "Lantern law", "url": "https://lantern.example/law", "kind": "law"}
    (folder / "policy").mkdir()
    for stem in POLICY_FILES:
        entries = list(marks) if stem == "approach" else []
        file = {"id": stem, "title": stem, "description": stem, "entries": entries,
                "sources": {"law": law} if entries else {}}  # fmt: skip
        (folder / "policy" / f"{stem}.yaml").write_text(dumped(file), encoding="utf-8")
    return folder


def test_the_words_of_the_lexicon_show_the_signs_of_the_file(tmp_path):
    folder = with_approach(tmp_path / "data", mark("kind", sign("gentle"), sign("patient")))
    matcher = Matcher(load_catalogue(folder))
    text = "A gentle shelter for women who were trafficked to Italy."
    [one] = approach_of(matcher.match(make_project(loaded_vocabularies(), summary=text), ON))

    assert [(shown.sign.id, shown.concept.triggers) for shown in one.shown] == [("gentle", ("gentle",))]
    assert [missing.id for missing in one.missing] == ["patient"]


def test_a_catalogue_without_the_approach_is_read_and_gives_no_advice(tiny):
    report = Matcher(tiny).match(make_project(loaded_vocabularies()), ON)

    assert approach_of(report) == ()
    assert approach_values(report) == []
    assert "EU approach" not in report_markdown(report)


@pytest.mark.parametrize(
    ("marks", "terms", "code", "file"),
    [
        ([mark("kind", sign("gentle"))], {"gentel": {"en": ["soft"]}}, "unknown-entry", "lexicon/approach.yaml"),
        ([mark("kind", sign("one")), mark("calm", sign("one"))], None, "repeated-id", "policy/approach.yaml"),
        ([mark("kind", sign("one", instruments=["none"]))], None, "unknown-instrument", "policy/approach.yaml"),
        ([mark("kind", sign("one"), instruments=["none"])], None, "unknown-instrument", "policy/approach.yaml"),
        ([mark("kind", sign("one", sources=["lost"]))], None, "unknown-source", "policy/approach.yaml"),
        ([mark("kind", sign("one"), only_for=["childern"])], None, "unknown-target-group", "policy/approach.yaml"),
        ([mark("kind")], None, "wrong-value", "policy/approach.yaml"),
    ],
    ids=["word for no sign", "sign twice", "document of a sign", "document of a mark", "source", "people", "no signs"],
)
def test_a_mistake_is_named_in_its_file(tmp_path, marks, terms, code, file):
    _, problems = check_catalogue(with_approach(tmp_path / "data", *marks, terms=terms))

    assert (code, f"data/{file}") in {(problem.code, problem.file) for problem in problems}


# ---- what the real files hold ----


def test_the_four_marks_of_the_brochure_are_there(catalogue):
    assert [one.id for one in catalogue.policy.approaches] == MARKS


def test_only_child_sensitive_is_for_some_people_alone(catalogue):
    assert [one.id for one in catalogue.policy.approaches if one.only_for] == ["child-sensitive"]


def test_each_sign_has_words_in_every_official_language(catalogue):
    terms = catalogue.lexicons["approach"].terms
    signs = {one.id for approach in catalogue.policy.approaches for one in approach.signs}

    assert set(terms) == signs
    assert [(key, language) for key in terms for language in LANGUAGES if not terms[key].get(language)] == []


def test_each_clause_that_names_a_document_of_the_catalogue_links_it(catalogue):
    numbers = {one.number.removesuffix(" final"): one.id for one in catalogue.policy.instruments if one.number}
    for approach in catalogue.policy.approaches:
        for one in (approach, *approach.signs):
            named = {key for number, key in numbers.items() if number in one.clause}
            assert named <= set(one.instruments), one.id
