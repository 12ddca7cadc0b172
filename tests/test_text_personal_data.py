"""A text that seems to hold a person's data is warned of by kind; what only looks like it is left alone."""

import time

import pytest

from thbfund.text.personal_data import personal_data_in

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
         "PESEL 44051401359", "case no. 2024/123", "file 12345678"],
        ["passport office", "case studies", "case law 2020", "case management 2024 plans", "a case number is given",
         "case 20 victims", "file of 20 pages", "H2020 grant 823745", "NUTS code BE10"],
    ),
    "a date of birth": (
        ["born on 3 May 1990", "born 1990-05-03", "geboren am 3.5.1990", "née le 3.5.1990", "nata il 03/05/1990"],
        ["born in 1990", "children born in Lagos", "geboren in Berlin", "on 3 May 1990", "newborn 2020"],
    ),
    "a name with an age": (
        ["Maria Rossi, 23 years old", "Maria Rossi (23)", "Blessing Okoro, aged 19", "Ana-Maria Pop, 23, said"],
        ["Maria, 23", "women aged 23", "Member States (27)", "European Union, 27 years", "Horizon Europe (2021)",
         "Article 5 (3)", "Priority B, 12 years", "Maria Rossi leads"],
    ),
    "a street address": (
        ["12 Baker Street", "12b High Holborn Road", "Hauptstraße 12", "Ringgasse 5", "rue de la Loi 200",
         "ul. Nowa 5", "via Roma, 5, Torino"],
        ["in 20 Member States", "street work in 5 cities", "via Europol, 20 joint actions", "Wenceslas Square",
         "the road 66", "via the Balkans"],
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


def test_several_kinds_are_named_once_each_and_never_quoted():
    kinds = personal_data_in("ana@example.org, ben@example.org, 12 Baker Street")

    assert kinds == ["an e-mail address", "a street address"]


@pytest.mark.parametrize(
    "part", ["A", "Aa ", "0", "0 1 ", "a.", "a@", "AB12 ", "Aa-", "rue de ", "case ", "1 Aa ", "via A. ", "born "]
)
def test_the_time_grows_no_faster_than_the_text(part):
    text = (part * 50_000)[:50_000]

    started = time.perf_counter()
    personal_data_in(text)

    assert time.perf_counter() - started < 2, "a quadratic pattern takes ten seconds"
