"""The language of a description is recognised offline among the official languages of the EU."""

import pytest

from thbfund.catalogue.languages import LANGUAGES
from thbfund.text.language import MIN_LETTERS, language_of

SENTENCES = {
    "bg": "Предлагаме подслон и правна помощ на жени, станали жертви на трафик на хора в България и Румъния.",  # noqa: RUF001
    "cs": "Poskytujeme azylové bydlení a právní pomoc ženám, které se staly oběťmi obchodu s lidmi.",
    "da": "Vi tilbyder krisecenter og juridisk hjælp til kvinder, der er blevet ofre for menneskehandel.",
    "de": "Wir bieten Frauen, die Opfer von Menschenhandel wurden, eine Schutzwohnung und rechtliche Beratung.",
    "el": "Προσφέρουμε καταφύγιο και νομική βοήθεια σε γυναίκες θύματα εμπορίας ανθρώπων στην Ελλάδα.",
    "en": "We give women who were trafficked a safe place to stay, legal aid and language courses.",
    "es": "Ofrecemos alojamiento seguro y asistencia jurídica a mujeres víctimas de la trata de seres humanos.",
    "et": "Pakume inimkaubanduse ohvriks langenud naistele turvalist eluaset ja õigusabi kogu riigis.",
    "fi": "Tarjoamme ihmiskaupan uhreiksi joutuneille naisille turvallisen asunnon ja oikeusapua.",
    "fr": "Nous offrons un hébergement sûr et une aide juridique aux femmes victimes de la traite.",
    "ga": "Cuirimid dídean agus cúnamh dlíthiúil ar fáil do mhná ar íospartaigh gáinneála ar dhaoine iad.",
    "hr": "Pružamo sigurno sklonište i pravnu pomoć ženama koje su postale žrtve trgovanja ljudima.",
    "hu": "Biztonságos szállást és jogi segítséget nyújtunk az emberkereskedelem áldozatául esett nőknek.",
    "it": "Offriamo alle donne vittime della tratta un alloggio sicuro, assistenza legale e corsi di lingua.",
    "lt": "Teikiame saugų prieglobstį ir teisinę pagalbą moterims, tapusioms prekybos žmonėmis aukomis.",
    "lv": "Mēs piedāvājam drošu patvērumu un juridisko palīdzību sievietēm, kas kļuvušas par upuriem.",
    "mt": "Noffru kenn sigur u għajnuna legali lin-nisa li kienu vittmi tat-traffikar tal-bnedmin.",
    "nl": "Wij bieden vrouwen die het slachtoffer werden van mensenhandel een veilige opvang en juridische hulp.",
    "pl": "Oferujemy bezpieczne schronienie i pomoc prawną kobietom, które padły ofiarą handlu ludźmi.",
    "pt": "Oferecemos alojamento seguro e apoio jurídico a mulheres vítimas do tráfico de seres humanos.",
    "ro": "Oferim adăpost sigur și asistență juridică femeilor care au fost victime ale traficului de persoane.",
    "sk": "Poskytujeme bezpečné bývanie a právnu pomoc ženám, ktoré sa stali obeťami obchodovania s ľuďmi.",
    "sl": "Ženskam, ki so postale žrtve trgovine z ljudmi, nudimo varno zatočišče in pravno pomoč.",
    "sv": "Vi erbjuder skyddat boende och juridisk hjälp till kvinnor som har utsatts för människohandel.",
}


@pytest.mark.parametrize(("expected", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_recognised_in_each_official_language(expected, sentence):
    language, sure = language_of(sentence)

    assert (language, sure) == (expected, True)


def test_every_official_language_has_a_sentence_here():
    assert tuple(SENTENCES) == LANGUAGES


@pytest.mark.parametrize("text", ["", "2026", "...", "!? 5 %", "s", "a" * (MIN_LETTERS - 1)])
def test_a_text_with_hardly_a_letter_is_taken_for_english_without_being_sure(text):
    assert language_of(text) == ("en", False)


def test_a_text_with_just_enough_letters_is_read():
    assert len("menschlich") == MIN_LETTERS
    assert language_of("menschlich")[0] != "en"


def test_a_single_word_is_not_a_sure_sign():
    assert language_of("hotel")[1] is False
