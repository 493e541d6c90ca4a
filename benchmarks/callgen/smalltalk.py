"""The rest of a call: who calls, why, what they talk about meanwhile, how they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callgen.wording import Line

FIRST = (
    "Alicia", "Bernard", "Chidi", "Deborah", "Emeka", "Farah", "Gareth", "Hana", "Ignacio", "Joyce",
    "Kemal", "Lorna", "Miguel", "Nadia", "Oleg", "Priya", "Quentin", "Rosalind", "Stavros", "Tamsin",
    "Usha", "Viktor", "Wendy", "Yusuf",
)  # fmt: skip
LAST = (
    "Abernathy", "Bakshi", "Castellano", "Dlamini", "Eriksen", "Fitzroy", "Grabowski", "Haddad", "Ishikawa",
    "Jankowski", "Kowalczyk", "Lindqvist", "Mbeki", "Novak", "Okonkwo", "Pemberton", "Quigley", "Rasmussen",
    "Sokolov", "Thackeray",
)  # fmt: skip
COMPANY = (
    "Northgate Water", "Bluebird Travel", "Harbor Dental", "Castle Insurance", "Greenline Energy",
    "Pinewood Hotels", "Orchard Home Store", "Summit Wireless", "Riverside Theatre", "City Parking",
    "Fairview Pharmacy", "Oak Tire and Auto",
)  # fmt: skip
CITY = ("Leeds", "Tulsa", "Cardiff", "Omaha", "Bristol", "Tacoma", "Dundee", "Fresno", "Cork", "Halifax")
ITEM = (
    "kettle", "winter coat", "garden hose", "laptop stand", "pram", "mattress", "tumble dryer", "bike helmet",
    "coffee machine", "set of tyres", "bookcase", "tennis racket", "rucksack", "microwave",
)  # fmt: skip

OPENINGS: tuple[tuple[Line, ...], ...] = (
    (
        ("agent", "Good morning, {company}, {first} speaking."),
        ("customer", "Hi {first}, it's {caller} here."),
    ),
    (("agent", "Thanks for calling {company}, how can I help?"), ("customer", "Hello.")),
    (("agent", "{company}, you're through to {first}."), ("customer", "Oh hi. I hope you can help.")),
    (
        ("agent", "Hello, this call is recorded. My name's {first}."),
        ("customer", "Okay, this is {caller} {last}."),
    ),
    (("customer", "Hello? Is anybody there?"), ("agent", "Yes, hello, {company}, this is {first}.")),
    (("agent", "Hi there, who am I speaking with?"), ("customer", "{caller} {last}.")),
    (("agent", "Billing, {first} speaking, go ahead."), ("customer", "Hi, good afternoon.")),
    (("agent", "Welcome to {company}. What can I do for you today?"), ("customer", "Morning.")),
)

REASONS: tuple[tuple[Line, ...], ...] = (
    (("customer", "I want to pay my bill."), ("agent", "Happy to. I see a balance of {amount}, due {day}.")),
    (("customer", "I had a text saying I owe {amount}."), ("agent", "Let me look. Yes, that's right.")),
    (("customer", "I'd like to order the {item}."), ("agent", "Good choice, that's {amount} with delivery.")),
    (("customer", "My {item} never arrived."), ("agent", "I'm sorry. I can send another for {amount}.")),
    (("customer", "We need a room in {city} for {count} nights."), ("agent", "It's {amount} a night.")),
    (("customer", "Can I book two seats for the show on {day}?"), ("agent", "Stalls are {amount} each.")),
    (("customer", "I got a parking ticket."), ("agent", "If you pay by {day} it's only {amount}.")),
    (
        ("customer", "I'm renewing my cover."),
        ("agent", "The premium this year is {amount}, it was {amount} in {year}."),
    ),
    (("customer", "I'd like to top up my phone."), ("agent", "We have {amount} or {amount}.")),
    (
        ("customer", "I'm calling about the invoice for the {item}."),
        ("agent", "Number {order}, for {amount}?"),
    ),
    (
        ("customer", "I want to make a donation."),
        ("agent", "How kind. How much?"),
        ("customer", "{amount}, please."),
    ),
    (
        ("customer", "The dentist said to ring about my co-pay."),
        ("agent", "That's {amount} for the visit on {day}."),
    ),
    (
        ("customer", "We're flying to {city} and I want a bag added."),
        ("agent", "Flight {flight}? It's {amount} a bag."),
    ),
    (("customer", "The car's ready, isn't it?"), ("agent", "It is, the {year} one. It came to {amount}.")),
    (("customer", "Someone charged me twice."), ("agent", "I see {amount} on {day} and again at {clock}.")),
    (
        ("customer", "The internet keeps dropping."),
        ("agent", "How long has it been like that?"),
        ("customer", "{count} days."),
    ),
)

CHAT: tuple[tuple[Line, ...], ...] = (
    (("customer", "It's been raining here all week."), ("agent", "Same in {city}, it's awful.")),
    (("agent", "My system is a bit slow this morning."), ("customer", "Don't worry, mine too.")),
    (("customer", "Sorry, the dog's barking."), ("agent", "Ha, no problem at all.")),
    (("agent", "Bear with me while I load that."), ("customer", "Okay."), ("agent", "Nearly there.")),
    (("customer", "You've been so helpful, {first}."), ("agent", "That's what I'm here for.")),
    (("agent", "Is everything else on the account still the same?"), ("customer", "As far as I know, yes.")),
    (
        ("customer", "Can you say that again? You broke up."),
        ("agent", "Of course. I said it won't take long."),
    ),
    (("agent", "May I put you on a brief hold?"), ("customer", "Sure."), ("agent", "Thanks for holding.")),
    (("customer", "My son set all this up for me."), ("agent", "Lucky you.")),
    (("agent", "I'll send a confirmation email after this."), ("customer", "Great, thank you.")),
    (("customer", "Do you take cards over the phone?"), ("agent", "We do, all the main ones.")),
    (("customer", "I don't like giving my card out."), ("agent", "I understand. It's a secure line.")),
)

CLOSINGS: tuple[tuple[Line, ...], ...] = (
    (("agent", "Your confirmation number is {reference}."), ("customer", "{reference}. Thanks, bye.")),
    (("agent", "Anything else today?"), ("customer", "No, that's all."), ("agent", "Have a good one.")),
    (("agent", "You'll have it by {day}."), ("customer", "Brilliant, thanks, bye bye.")),
    (("customer", "Is that it?"), ("agent", "That's it. Take care, {caller}.")),
    (("agent", "The authorisation code is {order}, if you want to write it down."), ("customer", "Got it.")),
    (("customer", "Thank you so much, goodbye."), ("agent", "Goodbye now.")),
    (("agent", "We're open until {clock} if you need us."), ("customer", "Cheers.")),
)
