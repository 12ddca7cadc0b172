"""A description is read for language, concepts and places; what the form says goes before what the text suggests."""

import pytest

from factories import SUMMARY, changed, make_project, make_vocabulary, write_catalogue
from thbfund import Catalogue, load_catalogue
from thbfund.text import Concept, Reader


@pytest.fixture(scope="module")
def reader(tiny) -> Reader:
    return Reader(tiny)


@pytest.fixture
def read(reader, tiny):
    def read_text(summary=SUMMARY, **said):
        return reader.read(make_project(tiny.vocabularies, summary=summary, **said))

    return read_text


def ids(concepts) -> list[str]:
    return [concept.id for concept in concepts]


# ---- concepts ----


def test_a_description_is_understood_from_its_words(read):
    understood = read()

    assert understood.language == "en"
    assert understood.concepts["activities"] == (
        Concept("shelter", ("shelter", "safe place"), 2),
        Concept("legal_aid", ("legal aid",), 1),
    )
    assert understood.concepts["target_groups"] == (Concept("victims_of_trafficking", ("were trafficked",), 1),)
    assert understood.concepts["priorities"] == (Concept("B", ("shelter", "legal aid"), 2),)
    assert understood.places == (Concept("IT", ("Italy",), 1),)
    assert list(understood.field) == ["trafficking_in_persons"]
    assert understood.word_count == 19


@pytest.mark.parametrize(
    ("field", "entry"), [("activities", "studies"), ("target_groups", "children"), ("priorities", "A")]
)
def test_what_the_form_says_beats_what_the_text_suggests(read, field, entry):
    concepts = read(**{field: [entry]}).concepts[field]

    assert concepts == (Concept(entry),)
    assert concepts[0].declared


@pytest.mark.parametrize("field", ["activities", "target_groups", "priorities"])
def test_an_empty_list_in_the_form_says_that_there_is_none(read, field):
    assert read(**{field: []}).concepts[field] == ()


@pytest.mark.parametrize(
    ("name", "entry"),
    [("activities", "shelter"), ("target_groups", "victims_of_trafficking"), ("priorities", "B"), ("places", "IT")],
)
def test_what_is_not_meant_is_left_out_of_what_the_text_shows(read, name, entry):
    shown, corrected = read(), read(not_meant={name: [entry]})
    before, after = (found.places if name == "places" else found.concepts[name] for found in (shown, corrected))
    assert [concept for concept in before if concept.id != entry] == list(after)
    assert len(after) == len(before) - 1


@pytest.mark.parametrize(
    ("name", "entry"), [("activities", "studies"), ("target_groups", "children"), ("priorities", "A"), ("places", "FR")]
)
def test_what_is_also_meant_stands_beside_what_the_text_shows(read, name, entry):
    shown, corrected = read(), read(also_meant={name: [entry]})
    before, after = (found.places if name == "places" else found.concepts[name] for found in (shown, corrected))
    assert list(after) == [*before, Concept(entry)]


def test_what_the_text_shows_is_not_added_once_more(read):
    assert read(also_meant={"activities": ["shelter"]}).concepts["activities"] == read().concepts["activities"]


def test_what_is_not_meant_does_not_correct_what_the_form_says(read):
    assert ids(read(activities=["shelter"], not_meant={"activities": ["shelter"]}).concepts["activities"]) == [
        "shelter"
    ]


def test_a_word_named_twice_in_the_form_counts_once(read):
    assert ids(read(activities=["studies", "studies", "shelter"]).concepts["activities"]) == ["studies", "shelter"]


def test_forms_of_exploitation_are_read_from_the_text(read):
    assert ids(read("Women forced into prostitution and forced labour.").concepts["forms_of_exploitation"]) == [
        "sexual_exploitation",
        "labour_exploitation",
    ]


def test_the_most_frequent_concept_comes_first(read):
    concepts = read("Studies. Then training, trainers, and training again.").concepts["activities"]

    assert [(concept.id, concept.count) for concept in concepts] == [("training", 3), ("studies", 1)]


def test_at_most_five_words_are_shown_for_a_concept(read):
    text = "Train, trains, trained, training, trainer and trainers."

    concept = read(text).concepts["activities"][0]

    assert (len(concept.triggers), concept.count) == (5, 6)


def test_terms_of_the_language_and_of_english_are_found_and_no_others(read):
    german = read("Eine Schutzwohnung und Rechtsberatung für Opfer, dazu ein Training für die Polizei.", language="de")
    english = read("Eine Schutzwohnung und Rechtsberatung für Opfer, dazu ein Training für die Polizei.", language="en")

    assert ids(german.concepts["activities"]) == ["shelter", "legal_aid", "training"]
    assert ids(english.concepts["activities"]) == ["training"]


# ---- language ----


def test_a_language_that_is_stated_is_not_guessed(read):
    understood = read(language="de")

    assert (understood.language, understood.language_sure) == ("de", True)


def test_a_language_that_is_not_stated_is_recognised(read):
    understood = read("Wir bieten Frauen, die Opfer von Menschenhandel wurden, eine Schutzwohnung und Beratung.")

    assert (understood.language, understood.language_sure) == ("de", True)


# ---- exclusion clauses and hidden characters ----

CLAUSE = "Applicants convicted of trafficking in human beings are shut out."


def test_a_sentence_that_excludes_the_convicted_is_set_aside(read):
    understood = read(f"We train farmers. {CLAUSE} We plant trees.")

    assert understood.text == "We train farmers. We plant trees."
    assert understood.field == {}
    assert understood.word_count == 6


def test_the_sentence_beside_it_is_kept(read):
    understood = read(f"We help trafficked women. {CLAUSE}")

    assert list(understood.field) == ["trafficking_in_persons"]


def test_a_text_that_is_nothing_but_a_clause_is_empty(read):
    understood = read(CLAUSE)

    assert (understood.text, understood.word_count, understood.places) == ("", 0, ())


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u202e", "\x00"])
def test_hidden_characters_change_nothing(read, hidden):
    assert read(hidden.join(SUMMARY)) == read(SUMMARY)


@pytest.mark.parametrize("blank", ["\n", "\t", "\u00a0", "\r\n", "\x0b", "\x0c", "  "], ids=repr)
def test_the_kind_of_blank_changes_nothing(read, blank):
    assert read(SUMMARY.replace(" ", blank)) == read(SUMMARY)


@pytest.mark.parametrize("text", ["\x00x", "x" * 50_000, "🙂 x", "x\n\n\n"])
def test_odd_texts_are_read_without_complaint(read, text):
    assert read(text).places == ()


# ---- places ----


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "work in Italy and Norway", ["IT", "NO"]),
        ("en", "with Italian partners in the outer circle", ["IT", "outer_circle"]),
        ("en", "in the United Kingdom", ["GB"]),
        ("de", "in Italien, Rumänien und der Slowakei", ["IT", "RO", "SK"]),
        ("de", "rumänische Frauen in Österreichs Städten", ["RO", "AT"]),
        ("fr", "en Italie, en Roumanie et aux Pays-Bas", ["IT", "RO", "NL"]),
        ("es", "en Italia, Rumanía y los Países Bajos", ["IT", "RO", "NL"]),
        ("it", "in Italia, Romania e Nigeria", ["IT", "RO", "NG"]),
        ("pl", "w Rumunii, w Albanii i w Niemczech", ["RO", "AL", "DE"]),
        ("hu", "Romániában és Olaszországban", ["RO", "IT"]),
        ("cs", "v Rumunsku a na Slovensku", ["RO", "SK"]),
        ("fi", "Romaniassa ja Nigeriasta", ["RO", "NG"]),
        ("el", "στην Ελλάδα και της Ρουμανίας", ["GR", "RO"]),
        ("bg", "в България и Румъния", ["BG", "RO"]),
        ("ro", "în România și Germania", ["RO", "DE"]),
        ("mt", "fl-Italja, mir-Rumanija u lejn l-Iżvezja", ["IT", "RO", "SE"]),
        ("mt", "tar-Renju Unit u f'Ċipru", ["GB", "CY"]),
        ("en", "in Italien", []),
    ],
)
def test_a_country_is_found_by_its_name_in_the_language_of_the_text_or_in_english(read, language, text, expected):
    assert ids(read(text, language=language).places) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("es", "la libertad de las víctimas, liberar, liberación", [], id="es-liberty-is-not-liberia"),
        pytest.param("fr", "la liberté des victimes, libérer", [], id="fr-liberty-is-not-liberia"),
        pytest.param("it", "la libertà delle vittime, liberare", [], id="it-liberty-is-not-liberia"),
        pytest.param("ro", "libertate pentru victime", [], id="ro-liberty-is-not-liberia"),
        pytest.param("en", "family reunion", [], id="en-reunion-is-no-island"),
        pytest.param("fr", "réunion des autorités", [], id="fr-meeting-is-no-island"),
        pytest.param("es", "reunificación familiar tras la reunión", [], id="es-meeting-is-no-island"),
        pytest.param("es", "el dominio de los tratantes", [], id="es-dominion-is-not-dominica"),
        pytest.param("it", "in Australia", ["AU"], id="australia-is-not-austria"),
        pytest.param("pl", "w Australii", ["AU"], id="pl-australia-is-not-austria"),
        pytest.param("de", "in Niger", ["NE"], id="niger-is-not-nigeria"),
        pytest.param("fi", "oman kodin", [], id="fi-own-is-not-oman"),
        pytest.param("sk", "deti mali strach", [], id="sk-had-is-not-mali"),
        pytest.param("sl", "pripovedi se širijo", [], id="sl-they-spread-is-not-syria"),
        pytest.param("sl", "dvajset kosov opreme", [], id="sl-pieces-are-not-kosovo"),
        pytest.param("ro", "o relație romantică, cu zâmbetul pe buze, a zâmbit", [], id="ro-romance-is-not-romania"),
        pytest.param("sv", "alla grenar av sporten", [], id="sv-branches-are-not-grenada"),
        pytest.param("sk", "Martin a Martina", [], id="sk-martin-is-not-martinique"),
        pytest.param("pt", "o projeto irá formar, irão participar", [], id="pt-will-go-is-not-iran"),
        pytest.param("es", "las ayudas irán a Granada", [], id="es-will-go-is-not-iran-nor-granada-grenada"),
        pytest.param("ro", "camere speciale", [], id="ro-rooms-are-not-cameroon"),
        pytest.param("de", "Kameras in Kamerun", ["CM"], id="de-camera-is-not-cameroon"),
        pytest.param("pl", "mali przedsiębiorcy", [], id="pl-small-is-not-mali"),
        pytest.param("it", "i mali della società", [], id="it-evils-are-not-mali"),
        pytest.param("lt", "gana dažnai", [], id="lt-enough-is-not-ghana"),
        pytest.param("lv", "vairāku lietu izmeklēšana", [], id="lv-cases-are-not-lithuania"),
        pytest.param("lv", "nepalīdz, jāpanāk un jāmaina", [], id="lv-verbs-are-no-countries"),
        pytest.param("lt", "sąlygos nepalankios", [], id="lt-unfavourable-is-not-nepal"),
        pytest.param("pl", "w kilku słowach", [], id="pl-words-are-not-slovakia"),
        pytest.param("pl", "kamery i telefon komórkowy", [], id="pl-cameras-and-phones-are-no-countries"),
        pytest.param("de", "Kameras an der Grenze", [], id="de-cameras-are-not-cameroon"),
        pytest.param("de", "in Kamerun", ["CM"], id="de-cameroon"),
        pytest.param("el", "εκμετάλλευση στη γεωργία", [], id="el-agriculture-is-not-georgia"),
        pytest.param("el", "σερβιτόροι σε εστιατόρια", [], id="el-waiters-are-not-serbia"),
        pytest.param("el", "στη Σερβία", ["RS"], id="el-serbia"),
        pytest.param("el", "όταν λαός και αρχές", [], id="el-people-is-not-laos"),
        pytest.param("en", "work in Mali and Oman", ["ML", "OM"], id="en-mali-and-oman"),
    ],
)
def test_an_everyday_word_is_not_taken_for_a_country(read, language, text, expected):
    assert ids(read(text, language=language).places) == expected


def test_countries_of_action_in_the_form_beat_those_in_the_text(read):
    assert read(countries_of_action=["NO", "EL", "NO"]).places == (Concept("NO"), Concept("GR"))


def test_an_empty_list_of_countries_says_that_there_is_none(read):
    assert read(countries_of_action=[]).places == ()


def test_seats_of_the_organisations_are_added_to_the_places_of_the_text(read):
    understood = read(applicant={"country": "IT"}, partners=[{"country": "NO"}, {"country": "NO"}, {"type": "ngo"}])

    assert understood.places == (Concept("IT", ("Italy",), 1), Concept("NO"))


# ---- priorities that activities and forms of exploitation serve ----


@pytest.fixture(scope="module")
def serving(tmp_path_factory) -> Catalogue:
    """The tiny catalogue, where shelter serves B, training A and C, and sexual exploitation A."""
    activities = changed(make_vocabulary("activities"), "entries.0.serves", ["B"])
    activities = changed(activities, "entries.2.serves", ["A", "C"])
    forms = changed(make_vocabulary("forms_of_exploitation"), "entries.0.serves", ["A"])
    vocabularies = {"activities": activities, "forms_of_exploitation": forms}
    return load_catalogue(write_catalogue(tmp_path_factory.mktemp("serving") / "data", vocabularies=vocabularies))


def priorities_of(catalogue: Catalogue, summary: str, **said) -> tuple[Concept, ...]:
    return Reader(catalogue).read(make_project(catalogue.vocabularies, summary=summary, **said)).concepts["priorities"]


def test_an_activity_brings_the_priorities_that_it_serves_the_most_frequent_first(serving):
    text = "Trainers train; a shelter opens. Prostitution goes on."

    assert priorities_of(serving, text) == (
        Concept("A", ("Trainers", "train", "Prostitution"), 3),
        Concept("B", ("shelter",), 2),
        Concept("C", ("Trainers", "train"), 2),
    )


def test_at_most_five_words_are_shown_for_a_priority_that_several_signs_serve(serving):
    text = "Train, trains, trained, training, trainer; prostitution; investigate."

    found = {concept.id: concept for concept in priorities_of(serving, text)}

    assert (len(found["A"].triggers), found["A"].count) == (5, 7)


def test_priorities_named_in_the_form_are_not_added_to(serving):
    assert priorities_of(serving, "Trainers train.", priorities=["X1"]) == (Concept("X1"),)
