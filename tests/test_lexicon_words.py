"""The real lexicon: words that only look like its terms once case and accents are left out show nothing."""

import pytest

from thbfund.project import Project
from thbfund.text import Reader


@pytest.fixture(scope="module")
def shown(catalogue):
    reader = Reader(catalogue)

    def entries(language: str, text: str) -> set[str]:
        read = reader.read(Project(summary=text, language=language))
        concepts = {concept.id for found in read.concepts.values() for concept in found}
        return concepts | {place.id for place in read.places} | set(read.field)

    return entries


@pytest.mark.parametrize(
    ("language", "everyday", "meant", "entry"),
    [
        ("pl", "Zebranie, na którym chcemy zebrać fundusze.", "Dzieci zmuszane do żebrania.", "forced_begging"),
        ("pl", "Konsultacje z mieszkańcami.", "Konsulaty i konsulowie.", "border_staff"),
        ("pl", "Posterunek przy drodze.", "Plakaty i poster na przystanku.", "awareness_raising"),
        ("nl", "Een politieke afspraak.", "Een afspraak met de politie.", "law_enforcement_staff"),
        ("nl", "Wij wagen het; de wagen rijdt.", "Het loon van de werknemers.", "labour_inspection_and_workers_rights"),
        ("lt", "Jie negali ateiti.", "Žmonės su negalia.", "persons_with_disabilities"),
        ("lt", "Jie vaikščioja po parką.", "Pagalba vaikams.", "children"),
        ("lt", "Tai nepalieka abejonių.", "Darbas Nepale.", "NP"),
        ("lt", "Šeimos ir šeima.", "Seimo priimti pakeitimai.", "policy_and_law_reform"),
        ("lv", "Tas nepalīdz.", "Darbs Nepālā.", "NP"),
        ("lv", "Kamēr vēl ir laiks.", "Videokameras un kameras.", "equipment_and_infrastructure"),
        ("lv", "Konsultanta viedoklis.", "Konsulārais dienests.", "border_staff"),
        ("it", "Un asilo nido e la tratta ferroviaria.", "Chi lavora nel sistema di asilo.", "neighbouring_subject"),
        ("it", "Il signor Francesco.", "Il governo francese.", "FR"),
        ("cs", "Konzultace s obyvateli.", "Konzulát a konzulové.", "border_staff"),
        ("da", "Et politisk møde.", "Et møde med politiet.", "law_enforcement_staff"),
        ("sv", "En konsult.", "Ett konsulat.", "border_staff"),
    ],
)
def test_an_everyday_word_does_not_show_what_the_word_meant_shows(shown, language, everyday, meant, entry):
    assert entry not in shown(language, everyday)
    assert entry in shown(language, meant)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "La tratta ferroviaria sarà ammodernata; si tratta di un progetto che tratta di ambiente."),
        ("pl", "Gmina remontuje drogę i buduje park, a mieszkańcy mówią o tym w kilku słowach."),
        ("nl", "De gemeente verbetert de wegen; vervolgens worden bomen geplant."),
        ("lt", "Savivaldybė tvarko kelią, o gyventojai gana dažnai klausia, kada bus parkas."),
        ("lv", "Pašvaldība remontē ceļu; ēkas nodos ekspluatācijā rudenī."),
        ("mt", "Il-kunsill jirranġa t-triq u jħawwel is-siġar fil-pjazza."),
    ],
)
def test_a_text_on_roads_and_trees_is_outside_the_field(catalogue, language, text):
    assert not Reader(catalogue).read(Project(summary=text, language=language)).field
