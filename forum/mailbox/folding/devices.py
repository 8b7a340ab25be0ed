"""The line that a telephone or a program puts below a mail: "Sent from my iPhone", in the languages
such programs speak.
"""

from __future__ import annotations

import re

PROGRAMS = re.compile(
    r"(?i)iphone|ipad|ipod|android|blackberry|samsung|galaxy|huawei|xiaomi|redmi|oppo|nokia|pixel"
    r"|outlook|windows|thunderbird|k-9|fairemail|yahoo|proton ?mail|\btuta\w*|gmx|web\.de|t-online"
    r"|mail\.ru|яндекс|yandex|superhuman|\bspark\b|mailbird|foxmail|qq ?邮箱|网易|163|naver"
    r"|네이버|\baol\b"
    r"|smartphone|tablet|\bhandy\b|mobile|móvil|mobil\w*|handheld|telefon\w*|téléphone"
    r"|apple ?mail|icloud"
    r"|\be ?m client|fastmail|\bhey\b|canary|айфон\w*"
)
SENDING = re.compile(
    r"(?i)\b(?:sent|get|try|gesendet|geschickt|verschickt|hol(?:en)?|beziehen|envoy[ée]e?s?"
    r"|télécharge[rz]?"
    r"|obtene?r?|obtén|enviado|enviada|descarga|inviat[oa]|scarica|ottieni|obter|obtenha"
    r"|verzonden|verstuurd|download(?:en)?|skickat|hämta|sendt|hent|få|lähetetty|hanki"
    r"|wysłan[eo]|pobierz"
    r"|odesl[aá]no|odoslan[ée]|získat|stáhnout|poslano|poslato|küldve|elküldve|letöltés|trimis[ăa]?"
    r"|obțineți|изпратено|отправлено|отправлен\w*|послано|надіслано|відправлено|στάλθηκε"
    r"|απεστάλη|gönderildi|dikirim|diantar|gửi|ipinadala|saadetud|nosūtīts|išsiųsta|enviat)\b"
    r"|发自|發自|来自我的|從我的|から送信|より送信|에서 보냄|에서 보낸|보냄|ส่งจาก|נשלח"
    r"|أرسل|إرسال|ارسال|से भेजा"
    r"|Από το|Λήψη"
)
ADVERTISING = re.compile(r"(?i)(?:get|try|hol\w*|download\w*|hent|få|scarica|ottieni)\b")
SYSTEM = re.compile(r"(?i)\b(?:ios|android|mac|windows|iphone|ipad)\W*\Z|beziehen|downloaden")
TRAILING_LINK = re.compile(r"\s*[<(\[]?https?://\S{1,300}\Z")
MAX_WORDS = 14
MAX_CHARS = 110


def is_device_line(line: str) -> bool:
    """Whether a line only tells by what the mail was sent. A whole line, no more than 14 words."""
    text = TRAILING_LINK.sub("", line).strip(" *_-–—|")
    if not text or len(text) > MAX_CHARS or len(text.split()) > MAX_WORDS:
        return False
    if text.endswith(("?", ":", ",")) or re.search(r"[.!?]\s+\S", text):
        return False
    if ADVERTISING.match(text) and not SYSTEM.search(text):
        return False
    return bool(SENDING.search(text) and PROGRAMS.search(text) and starts_like_one(text))


def starts_like_one(text: str) -> bool:
    """Not "I sent it from my iPhone": such a line begins or ends with its verb, or says "my"."""
    first, *rest = text.split()
    opening = " ".join([first, *rest[:1]])
    ending = " ".join(text.split()[-2:])
    says_i = re.match(r"(?i)(?:i|we|he|she|they|ich|wir|je|nous|yo|io|eu|ik|jag|jeg)\b", text)
    by_verb = SENDING.search(opening) or SENDING.search(ending)
    return not says_i and bool(by_verb or re.match(r"(?i)(?:diese|this|cette|este|questo)\b", text))
