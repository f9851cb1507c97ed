"""Which language a text is in."""

import pytest

from analysis.language.languages import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please send us the batch record for this lot and let me know if you have the report.", "en"),
        ("Sehr geehrter Herr Weber, bitte senden Sie uns die Unterlagen zu der Charge.", "de"),
        ("Bonjour, merci de nous envoyer le certificat pour les lots qui sont prêts.", "fr"),
        ("Hola, por favor envíe los documentos para el lote cuando esté listo, gracias.", "es"),
        ("请把批记录发给我们。谢谢", "zh"),
        ("お世話になっております。バッチ記録をお送りください。", "ja"),
        ("Добрый день, пришлите пожалуйста документы.", "ru"),
        ("Thanks, Kurt", "und"),
        ("", "und"),
        ("https://example.com/der/die/das/und", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_few_foreign_words_do_not_turn_english_mail() -> None:
    assert detect_language("Please let me know if the word 'und' or 'der' is on the label of this lot.") == "en"
