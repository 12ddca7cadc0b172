"""A text that seems to hold a person's data is warned of by kind; what only looks like it is left alone."""

import time

import pytest

from conftest import REPOSITORY
from thbfund.catalogue.labelled import read_records
from thbfund.text.personal_data import KINDS, TAKEN_OUT, personal_data_in, signs_in, without_personal_data

# kind: what shows it / what looks alike and is none
EXAMPLES = {
    "an e-mail address": (
        ["write to ana.b@example.org", "a+b@mail.example.eu.", "Ana <ana@example.org>"],
        ["price @ 5 euro", "@thbfund", "ana at example.org"],
    ),
    "a telephone number": (
        ["call +32 2 123 45 67", "0470 12 34 56", "(030) 1234567", "0032.2.123.45.67", "tel. 0800/123456"],
        ["from 2014-2020 and 2021-2027", "EUR 1 200 000", "by 01/02/2026", "on 03.05.2026", "Directive 2011/36/EU",
         "Regulation (EU) 2021/1149", "0.5 per cent", "grant 823745", "COM(2017) 728"],
    ),
    "an identity, account or case number": (
        ["BE71 0961 2345 6769", "IE29AIBK93115212345678", "passport no. AB1234567", "Passport number: X1234567",
         "PESEL 44051401359", "case no. 2024/123", "file 12345678", "passeport n° 12AB34567", "Reisepass: C01X00T47",
         "tax code RSSMRA85T10A562S", "DNI 12345678Z", "X1234567L", "residence permit no. RP1234567"],
        ["passport office", "case studies", "case law 2020", "case management 2024 plans", "a case number is given",
         "case 20 victims", "file of 20 pages", "H2020 grant 823745", "NUTS code BE10",
         "grant agreement 101101925", "ISBN 9789279529429", "AMIF-2024-TF2-AG-THB",
         "CERV-2025-DAPHNE", "ISF-2023-TF1-AG-THB-01", "case-by-case 2024"],
    ),
    "a date of birth": (
        ["born on 3 May 1990", "born 1990-05-03", "geboren am 3.5.1990", "née le 3.5.1990", "nata il 03/05/1990",
         "Date of birth: 03/05/1990", "DOB 3 May 1990", "Geburtsdatum: 3.5.1990",
         "data urodzenia 03.05.1990"],
        ["born in 1990", "children born in Lagos", "geboren in Berlin", "on 3 May 1990", "newborn 2020",
         "the date of birth is asked", "date of birth unknown in 2020"],
    ),
    "a name with an age": (
        ["Maria Rossi, 23 years old", "Maria Rossi (23)", "Blessing Okoro, aged 19", "Ana-Maria Pop, 23, said",
         "Maria Rossi, 23 anni"],
        ["Maria, 23", "women aged 23", "Member States (27)", "European Union, 27 years", "Horizon Europe (2021)",
         "Article 5 (3)", "Priority B, 12 years", "Maria Rossi leads", "La Strada International (12)",
         "Safe Harbour Foundation, 20 years", "CARITAS ITALIANA (12)"],
    ),
    "the name of a person": (
        ["Mrs Blessing Okoro", "Dr. Rossi", "Frau Müller", "Contact person: Ana Pop", "Nachname: Müller",
         "a girl named Blessing", "Her name is Blessing", "imię i nazwisko: Anna Nowak", "with M. Dupont"],
        ["Dr. Denis Mukwege Foundation", "Mrs and Mr", "a project named Harbour", "a shelter called Safe Harbour",
         "contact person: see the annex", "a girl named below", "Ms NGO", "the name of the victim is not asked",
         "Frauen und Mädchen", "EUR 5 M. Euro", "Project manager of the NGO", "project Dream Women, Dr"],
    ),
    "details of one person's case": (
        ["a 17-year-old girl from Lagos", "our 19 year old client", "ein 17-jähriges Mädchen",
         "une jeune fille de 17 ans",
         "una niña de 15 años", "una ragazza di 17 anni", "17-letnia dziewczyna", "o fată de 16 ani",
         "17-годишно момиче", "M.K. (17)", "said. K., 16, from Lagos"],
        ["17-year-old girls", "girls of 17 years", "a 3-year-old programme", "a five-year project",
         "Mädchen ab 17 Jahren",
         "une femme de 18 ans et plus", "una mujer de 18 años o más", "filles de 15 à 17 ans", "a 12-year plan",
         "U.S. (12)", "Annex A (12)", "Priority B, 12, and C"],
    ),
    "a street address": (
        ["12 Baker Street", "12b High Holborn Road", "Hauptstraße 12", "Ringgasse 5", "rue de la Loi 200",
         "ul. Nowa 5", "via Roma, 5, Torino", "Bahnhofstr. 12", "12 rue de Rivoli", "25 bis, avenue Foch"],
        ["in 20 Member States", "street work in 5 cities", "via Europol, 20 joint actions", "Wenceslas Square",
         "the road 66", "via the Balkans", "avenue for 12 girls", "20 rue à Paris"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, (shown, _) in EXAMPLES.items() for text in shown], ids=str
)
def test_a_text_with_personal_data_is_told_which_kind(kind, text):
    assert kind in personal_data_in(f"We help people: {text} and others.")


@pytest.mark.parametrize("text", [text for _, alike in EXAMPLES.values() for text in alike])
def test_a_text_that_only_looks_alike_is_left_alone(text):
    assert personal_data_in(f"We help people: {text} and others.") == []


def test_every_kind_has_its_examples():
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("text", [text for shown, _ in EXAMPLES.values() for text in shown], ids=str)
def test_what_was_found_can_be_taken_out_and_the_rest_stays(text):
    clean = without_personal_data(f"We help people: {text} and others.")
    assert personal_data_in(clean) == []
    assert TAKEN_OUT in clean
    assert clean.startswith("We help people: ")
    assert clean.endswith(" others.")


@pytest.mark.parametrize("text", [text for _, alike in EXAMPLES.values() for text in alike])
def test_a_text_without_personal_data_stays_as_it_is(text):
    assert without_personal_data(text) == text


def test_a_sign_tells_its_place():
    [sign] = signs_in("Write to ana@example.org today.")
    assert (sign.start, sign.end) == (9, 24)


def test_descriptions_of_funded_projects_hardly_ever_warn():
    path = REPOSITORY / "data" / "evidence" / "labelled.jsonl"
    texts = [record.description for record in read_records(path)]
    warned = sum(bool(personal_data_in(text)) for text in texts)
    assert len(texts) > 100
    assert warned <= len(texts) / 100


def test_several_kinds_are_named_once_each_and_never_quoted():
    kinds = personal_data_in("ana@example.org, ben@example.org, 12 Baker Street")

    assert kinds == ["an e-mail address", "a street address"]


@pytest.mark.parametrize(
    "part",
    [
        "A",
        "Aa ",
        "0",
        "0 1 ",
        "a.",
        "a@",
        "AB12 ",
        "Aa-",
        "rue de ",
        "case ",
        "1 Aa ",
        "via A. ",
        "born ",
        "Mr A",
        "girl named ",
        "A.B. ",
        "a 1-year-old ",
        "Aa Aa, 1",
        "una niña ",
    ],
)
def test_the_time_grows_no_faster_than_the_text(part):
    text = (part * 50_000)[:50_000]

    started = time.perf_counter()
    personal_data_in(text)

    assert time.perf_counter() - started < 2, "a quadratic pattern takes ten seconds"
