"""The phrases of a call that announce a number, one table for each kind: English, to be extended line by line.

A phrase is matched when its last word arrives, by looking back at the words before it in the same turn; the longest
phrase that fits decides. Kinds: CARD, EXPIRY, CVV, LAST4 announce a number; MENTION makes payment cards the subject;
CODE is a CVV where cards are the subject. INVITE asks to go on reading; PAYMENT makes money the subject; OTHER asks for
a number of another kind, so that the digits of the answer are not taken for a card's; ASIDE does so only for the digits
right beside it. A line may hold alternatives: "front|back of the card".
"""

from __future__ import annotations

from ccredact.text.phrase_table import PhraseTable, said

CARD, EXPIRY, CVV, LAST4 = "CARD", "EXPIRY", "CVV", "LAST4"
MENTION, CODE, INVITE, PAYMENT = "MENTION", "CODE", "INVITE", "PAYMENT"
OTHER, ASIDE = "OTHER", "ASIDE"

_PHRASES = {
    CARD: """
        card number|numbers|num|digits|details|info
        card's number|numbers
        long number|numbers
        number|numbers|digits on|of the|your|my|that|this card
        on|across the|your|its front
        front of the|your card
        sixteen|fifteen|16|15|nineteen|19 digit|digits
        full card|number
        cc number
        cc
        read|give me|out the|your card
        which|what card
        with the number
        number on it
        card say|says
        another|different|new|other card number
        visa|mastercard|amex|maestro|debit|credit|discover|jcb|unionpay|rupay|diners number
        american express number
        diners|union club|pay number
    """,
    EXPIRY: """
        expiry|expiration|exp
        expiry|expiration|exp date|month|year
        expires|expire|expiring
        valid
        good thru|through
        date of expiry|expiration
        run|runs|running out
        month and year
        month and the year
    """,
    CVV: """
        cvv|cvv2|cvc|cvc2|csc|cvn|cv2
        cvv|cvv2|cvc|csc|cid number|code
        c v v|c
        security code|number|digits
        verification value
        card verification code|number
        card code
        code on the front
        four|4 digit|digits code
        three|3 digit|digits code
        back of the|your|my|it|that card
        digits|digit|numbers|number|code|three|3 on|from the|your back
        digits|digit|numbers|number|code on the reverse
        four|4 on the front
        four|4 digits|digit|numbers on the front
    """,
    CODE: """
        cid
        code
        on|of the back
        on the reverse
        signature
        three|3 digit|digits
        last|final three|3
        last|final three|3 digits
        three|3 digit|digits number
    """,
    LAST4: """
        ending|ends
        last|final four|4
        last|final four|4 digits|digit
    """,
    MENTION: """
        card|cards|visa|mastercard|amex|maestro|credit|debit|jcb|unionpay|rupay|diners
        american express
        master card
        diners club
        union pay
        the|my|your|a discover
    """,
    INVITE: """
        go|fire ahead
        i'm|im ready
        ready when you are
        whenever you're|youre|are ready
        keep going
        and the number
        and the next|rest
        i'm|im listening
    """,
    PAYMENT: """
        pay|paying|payment|payments|paid|charged|charge|charges|refund|refunded
        bill|billed|billing|statement|bank|debited
    """,
    OTHER: """
        ssn|social|phone|telephone|mobile|cell|cellphone|landline|fax|extension|zip|postcode|imei|barcode|timestamp
        zip|postal|area|country|sort|routing|promo|discount|voucher|coupon|access|authorisation|authorization|auth code
        phone|telephone|mobile|cell|contact|callback number
        best number
        tracking|reference|confirmation|booking|policy|claim|invoice|serial
        loyalty|membership|points|store|gift|sim card
        loyalty|membership|points|store|gift|sim card number
        order|tracking|reference|confirmation|booking|policy|claim|ticket|case|invoice|serial|model|part number
        item|product|member|membership|customer|employee|account|routing|flight|train|room|license|licence number
        order|item|member|customer|employee|product id
        last|final four|4 of the|your|my social|ssn|phone
        social security
        social security number
        meter reading
        which model
        insurance|id|identity|identification|medicare|medicaid|health|library|student|member|business|report|donor card
        insurance|id|identity|identification|medicare|medicaid|health|library|student|member card number|id
        rewards|loyalty club|program|programme|number
        routing|iban|passport|vin|birth|dob|birthday|pin
        pin number|code
        date of birth
    """,
    ASIDE: """
        account|order|ticket|case|model|part|item|product|parcel|shipment|consignment|meter|loyalty|membership|stamp
        flight|train|room|gate|platform|seat|born|postal
        total|balance|amount|price|costs|cost|limit|fee|fees
        date|year|appointment
    """,
}

TRIGGERS = frozenset({CARD, EXPIRY, CVV, LAST4})


_PHRASE_KINDS = [
    (phrase, kind) for kind, lines in _PHRASES.items() for line in lines.strip().splitlines() for phrase in said(line)
]
CUES = PhraseTable(_PHRASE_KINDS)
ASIDES = frozenset(phrase[0] for phrase, kind in _PHRASE_KINDS if kind == ASIDE and len(phrase) == 1)
"""Words that stand beside another number: they are looked for when a number begins."""
LAST_WORDS = frozenset(phrase[-1] for phrase, kind in _PHRASE_KINDS if kind != ASIDE) | {"account"}
"""Words that must be looked at: the last ones of the other phrases."""


def cue(key: str, before: tuple[str, ...]) -> str | None:
    """The kind of the longest phrase that ends with `key` after the words `before`, or None."""
    return CUES.longest(key, before)[0]
