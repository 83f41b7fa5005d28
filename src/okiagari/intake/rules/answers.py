"""Texts to begin an answer to a reporter with, in both languages. People change them before they send them.

In: what is being answered and the report's number. Out: a text in several languages. None of them
names a case, a decision on a product or a date that is not agreed.
"""

from collections.abc import Mapping

from okiagari.standards.localtext import LocalText

_TEMPLATES: Mapping[str, LocalText] = {
    "acknowledge": LocalText.of(
        ja="ご連絡ありがとうございます。受付番号 %(number)s として受け付け、担当者が内容の確認を始めました。"
        "確認の結果は、あらためてお知らせします。それまでの間、詳しい内容の公開はお控えくださいますよう"
        "お願いいたします。",
        en="Thank you for your report. We have registered it as %(number)s and somebody has begun to look "
        "into it. We will come back to you with the result. Until then, please do not publish the details.",
    ),
    "valid": LocalText.of(
        ja="届出（%(number)s）の内容を確認し、弊社で対応を進めております。公表できる時期になりましたら、"
        "あらためてご連絡いたします。お名前の掲載をご希望の場合は、その際に確認させていただきます。",
        en="We have looked into your report (%(number)s) and are working on it. We will contact you before "
        "anything is published. If you wish to be credited, we will confirm the wording with you then.",
    ),
    "duplicate": LocalText.of(
        ja="届出（%(number)s）の内容は、すでに別の方からお知らせいただいており、確認を進めております。"
        "重ねてのご連絡に感謝いたします。新たにお気づきの点がございましたら、この受付からお知らせください。",
        en="What you report (%(number)s) has already reached us from somebody else, and we are looking into "
        "it. Thank you for taking the trouble. If you notice anything more, please add it to this report.",
    ),
    "not_ours": LocalText.of(
        ja="届出（%(number)s）を確認しましたが、弊社の製品・サービスに関するものではありませんでした。"
        "該当する製品の開発者、または情報処理推進機構（IPA）の届出窓口へのご連絡をご検討ください。",
        en="We have looked into your report (%(number)s). It does not concern a product or service of ours. "
        "Please consider telling its developer, or a coordinator such as JPCERT/CC or CERT/CC.",
    ),
    "not_security": LocalText.of(
        ja="届出（%(number)s）を確認しました。製品の仕様どおりの動作であり、脆弱性にはあたらないと判断"
        "いたしました。前提が異なっている場合は、再現の手順や環境をお知らせください。あらためて確認いたします。",
        en="We have looked into your report (%(number)s). The product behaves as specified, and we do not "
        "consider this a vulnerability. If we have misunderstood, please tell us how to reproduce it and in "
        "which environment; we will look again.",
    ),
    "obsolete": LocalText.of(
        ja="届出（%(number)s）の内容は、すでに公表済みの対策で解消しております。お使いの製品のバージョンと、"
        "弊社の公表情報をご確認ください。",
        en="What you report (%(number)s) is resolved by a measure we have already published. Please compare "
        "the version you use with our advisories.",
    ),
    "closed": LocalText.of(
        ja="届出（%(number)s）への対応を終えました。ご協力に感謝いたします。新たにお気づきの点が"
        "ございましたら、この受付からお知らせください。",
        en="We have finished our work on your report (%(number)s). Thank you for your help. If you notice "
        "anything more, please add it to this report.",
    ),
}
KEYS = tuple(_TEMPLATES)


def answer(key: str, number: str) -> LocalText:
    """The template `key` with the report's number filled in."""
    template = _TEMPLATES[key]
    return LocalText(
        {language: text % {"number": number} for language, text in template.texts.items()}, template.source
    )
