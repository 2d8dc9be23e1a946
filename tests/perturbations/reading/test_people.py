"""People and offices in made-up sentences, against a small knowledge of its own."""

from __future__ import annotations

from datetime import date

import pytest

from perturbations.knowledge import (
    Country,
    Knowledge,
    Office,
    Person,
    Precision,
    Status,
    TableInfo,
    Term,
)
from perturbations.reading.dates import find_dates
from perturbations.reading.gazetteer import Gazetteer
from perturbations.reading.layout import find_layout
from perturbations.reading.mentions import AsOf, PersonForm, PersonMention
from perturbations.reading.offsets import Encoded
from perturbations.reading.people import find_people

COUNTRIES = {
    "US": ("United States", ["U.S.", "US", "the United States"], ["American", "US", "U.S."]),
    "JP": ("Japan", [], ["Japanese"]),
    "DE": ("Germany", [], ["German"]),
    "FR": ("France", [], ["French"]),
    "GB": ("United Kingdom", ["UK", "Britain", "the United Kingdom"], ["British", "UK"]),
    "KR": ("South Korea", ["Republic of Korea"], ["South Korean"]),
    "IN": ("India", [], ["Indian"]),
    "RU": ("Russia", [], ["Russian"]),
    "CN": ("China", [], ["Chinese"]),
    "EU": ("European Union", ["EU"], ["European", "EU"]),
    "AE": ("United Arab Emirates", ["the United Arab Emirates"], ["Emirati"]),
    "SO": ("Somalia", [], ["Somali"]),
}
OFFICES = {
    "US.president": ["President"],
    "US.vice_president": ["Vice President"],
    "JP.prime_minister": ["Prime Minister"],
    "DE.chancellor": ["Chancellor", "Federal Chancellor"],
    "FR.president": ["President"],
    "GB.prime_minister": ["Prime Minister"],
    "GB.monarch": ["King", "Queen"],
    "KR.president": ["President"],
    "IN.prime_minister": ["Prime Minister"],
    "RU.president": ["President"],
    "CN.president": ["President"],
    "AE.president": ["President"],
    "SO.president": ["President"],
    "EU.commission_president": [
        "President",
        "European Commission President",
        "President of the European Commission",
    ],
    "UN.secretary_general": ["Secretary-General", "UN Secretary-General"],
}
PEOPLE = [
    ("joe-biden", "Joe Biden", "Biden", ["Joseph R. Biden", "Joseph R. Biden Jr."], "m"),
    ("donald-trump", "Donald Trump", "Trump", [], "m"),
    ("barack-obama", "Barack Obama", "Obama", [], "m"),
    ("kamala-harris", "Kamala Harris", "Harris", [], "f"),
    ("fumio-kishida", "Fumio Kishida", "Kishida", ["Kishida Fumio"], "m"),
    ("shigeru-ishiba", "Shigeru Ishiba", "Ishiba", [], "m"),
    ("olaf-scholz", "Olaf Scholz", "Scholz", [], "m"),
    ("angela-merkel", "Angela Merkel", "Merkel", [], "f"),
    ("emmanuel-macron", "Emmanuel Macron", "Macron", [], "m"),
    ("theresa-may", "Theresa May", "May", [], "f"),
    ("boris-johnson", "Boris Johnson", "Johnson", [], "m"),
    ("charles-iii", "King Charles III", "Charles", ["Charles III", "King Charles"], "m"),
    ("park-geun-hye", "Park Geun-hye", "Park", [], "f"),
    ("lee-myung-bak", "Lee Myung-bak", "Lee", [], "m"),
    ("lee-jae-myung", "Lee Jae-myung", "Lee", ["Lee Jae Myung"], "m"),
    ("narendra-modi", "Narendra Modi", "Modi", [], "m"),
    ("vladimir-putin", "Vladimir Putin", "Putin", [], "m"),
    ("xi-jinping", "Xi Jinping", "Xi", [], "m"),
    ("mohamed-bin-zayed", "Mohamed bin Zayed", "bin Zayed", [], "m"),
    ("farmajo", "Mohamed Abdullahi Mohamed", "Mohamed", [], "m"),
    ("ursula-von-der-leyen", "Ursula von der Leyen", "von der Leyen", [], "f"),
    ("antonio-guterres", "António Guterres", "Guterres", [], "m"),
]
TERMS = [
    ("joe-biden", "US.president", "2021-01-20", "2025-01-20"),
    ("joe-biden", "US.vice_president", "2009-01-20", "2017-01-20"),
    ("donald-trump", "US.president", "2017-01-20", "2021-01-20"),
    ("donald-trump", "US.president", "2025-01-20", None),
    ("barack-obama", "US.president", "2009-01-20", "2017-01-20"),
    ("kamala-harris", "US.vice_president", "2021-01-20", "2025-01-20"),
    ("fumio-kishida", "JP.prime_minister", "2021-10-04", "2024-10-01"),
    ("shigeru-ishiba", "JP.prime_minister", "2024-10-01", "2025-10-21"),
    ("olaf-scholz", "DE.chancellor", "2021-12-08", "2025-05-06"),
    ("angela-merkel", "DE.chancellor", "2005-11-22", "2021-12-08"),
    ("emmanuel-macron", "FR.president", "2017-05-14", None),
    ("theresa-may", "GB.prime_minister", "2016-07-13", "2019-07-24"),
    ("boris-johnson", "GB.prime_minister", "2019-07-24", "2022-09-06"),
    ("charles-iii", "GB.monarch", "2022-09-08", None),
    ("park-geun-hye", "KR.president", "2013-02-25", "2017-03-10"),
    ("lee-myung-bak", "KR.president", "2008-02-25", "2013-02-25"),
    ("lee-jae-myung", "KR.president", "2025-06-04", None),
    ("narendra-modi", "IN.prime_minister", "2014-05-26", None),
    ("vladimir-putin", "RU.president", "2012-05-07", None),
    ("xi-jinping", "CN.president", "2013-03-14", None),
    ("mohamed-bin-zayed", "AE.president", "2022-05-14", None),
    ("farmajo", "SO.president", "2017-02-16", "2022-05-23"),
    ("ursula-von-der-leyen", "EU.commission_president", "2019-12-01", None),
    ("antonio-guterres", "UN.secretary_general", "2017-01-01", None),
]
DAY = AsOf.day(date(2023, 5, 20))


def small_knowledge() -> Knowledge:
    return Knowledge(
        version="test",
        digest="0" * 32,
        tables={"terms": TableInfo(date(2025, 12, 31), {}, True)},
        countries=[
            Country(id, name, name, tuple(aliases), tuple(adjectives), (), (), None, ())
            for id, (name, aliases, adjectives) in COUNTRIES.items()
        ]
        + [Country("UN", "United Nations", "United Nations", ("UN",), ("UN",), (), (), None, ())],
        offices=[
            Office(id, id.split(".")[0], "other", tuple(titles), False, ())
            for id, titles in OFFICES.items()
        ],
        people=[
            Person(id, name, surname, tuple(aliases), (surname,), gender, None, ())
            for id, name, surname, aliases, gender in PEOPLE
        ],
        terms=[
            Term(
                id=f"{office}:{person}:{start}",
                person=person,
                office=office,
                start=date.fromisoformat(start),
                start_precision=Precision.DAY,
                end=date.fromisoformat(end) if end else None,
                end_precision=Precision.DAY,
                acting=False,
                status=Status.VERIFIED,
                sources=(),
            )
            for person, office, start, end in TERMS
        ],
    )


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(small_knowledge())


@pytest.fixture(scope="module")
def people(gazetteer):
    def read(text: str, *, title: str = "", as_of: AsOf | None = DAY) -> tuple[PersonMention, ...]:
        source = Encoded(f"{title}\n\n{text}" if title else text)
        return find_people(
            source,
            gazetteer,
            find_layout(source),
            find_dates(source, as_of),
            title_end=len(title),
            as_of=as_of,
        )

    return read


@pytest.mark.parametrize(
    ("text", "span", "person", "office"),
    [
        ("Prime Minister Fumio Kishida of Japan", None, "fumio-kishida", "JP.prime_minister"),
        ("Japanese Prime Minister Fumio Kishida", None, "fumio-kishida", "JP.prime_minister"),
        ("Japan's Prime Minister Shigeru Ishiba", None, "shigeru-ishiba", "JP.prime_minister"),
        ("Japan’s prime minister, Fumio Kishida", None, "fumio-kishida", "JP.prime_minister"),
        ("Japan's new prime minister, Shigeru Ishiba", None, "shigeru-ishiba", "JP.prime_minister"),
        ("President Biden", None, "joe-biden", "US.president"),
        ("U.S. President Joe Biden", None, "joe-biden", "US.president"),
        ("President Joseph R. Biden, Jr.", None, "joe-biden", "US.president"),
        ("President Vladimir V. Putin", None, "vladimir-putin", "RU.president"),
        ("Chancellor Scholz", None, "olaf-scholz", "DE.chancellor"),
        ("German chancellor Olaf Scholz", None, "olaf-scholz", "DE.chancellor"),
        (
            "President of the European Commission Ursula von der Leyen",
            None,
            "ursula-von-der-leyen",
            "EU.commission_president",
        ),
        (
            "European Commission President Ursula von der Leyen",
            None,
            "ursula-von-der-leyen",
            "EU.commission_president",
        ),
        ("President von der Leyen", None, "ursula-von-der-leyen", "EU.commission_president"),
        ("UN Secretary-General Antonio Guterres", None, "antonio-guterres", "UN.secretary_general"),
        ("UN Secretary General António Guterres", None, "antonio-guterres", "UN.secretary_general"),
        ("Vice President Harris", None, "kamala-harris", "US.vice_president"),
        ("Prime Minister Fumio KISHIDA", None, "fumio-kishida", "JP.prime_minister"),
        ("Japanese PM Kishida", None, "fumio-kishida", "JP.prime_minister"),
        ("King Charles", None, "charles-iii", "GB.monarch"),
        ("King Charles III", None, "charles-iii", "GB.monarch"),
        ("Olaf Scholz, the German chancellor", None, "olaf-scholz", "DE.chancellor"),
        ("Fumio Kishida, Prime Minister of Japan", None, "fumio-kishida", "JP.prime_minister"),
        ("President of France Emmanuel Macron", None, "emmanuel-macron", "FR.president"),
        ("Prime Minister Sir Boris Johnson", None, "boris-johnson", "GB.prime_minister"),
        # A claim is read as it is written, true or not.
        ("Japanese Prime Minister Narendra Modi", None, "narendra-modi", "JP.prime_minister"),
        ("French President Olaf Scholz", None, "olaf-scholz", "FR.president"),
        ("President Olaf Scholz of France", None, "olaf-scholz", "FR.president"),
    ],
)
def test_title_and_name_are_one_claim(people, text, span, person, office):
    [mention] = people(f"On arrival {text}, who smiled, waved.")
    assert mention.span.text == (span or text)
    assert mention.form is PersonForm.TITLED
    assert mention.people == (person,)
    assert mention.offices == (office,)
    assert mention.claims_office


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("former President Barack Obama", "former"),
        ("then-President Donald Trump", "then"),
        ("ex-British PM Boris Johnson", "ex"),
        ("the late Prime Minister Theresa May", "late"),
        ("outgoing German Chancellor Angela Merkel", "outgoing"),
        ("acting President Park Geun-hye", "acting"),
        ("Germany's former chancellor Angela Merkel", "former"),
        ("President-elect Donald Trump", "elect"),
        ("Prime Minister-designate Shigeru Ishiba", "designate"),
        ("former Republican President Donald Trump", "former"),
        ("her predecessor, Prime Minister Boris Johnson", "predecessor"),
        ("Barack Obama, the former US president", "former"),
        ("former Presidents Barack Obama", "former"),
    ],
)
def test_a_modifier_is_kept_and_ends_the_claim(people, text, modifier):
    [mention] = people(f"The guest was {text}, and lunch was late.")
    assert [span.text for span in mention.modifiers] == [modifier]
    assert not mention.claims_office


@pytest.mark.parametrize(
    "text",
    [
        "In 2012 President Obama spoke there.",
        "Work began under President Obama.",
        "She was appointed by President Obama.",
        "It was signed three years ago by President Obama.",
        "When Barack Obama was president, Vice President Biden went there.",
        "President Obama served two terms.",
        "The hall dates from President Obama's first term.",
        "President Obama, who was then in Berlin, agreed.",
        "Aides saw it in the 1990s with President Obama.",
        "Former President Obama and Vice President Joe Biden came; both were tired.",
        "Former President Obama came. Later President Obama left.",
    ],
)
def test_history_is_no_claim(people, text):
    found = people(text)
    assert found
    assert not any(mention.claims_office for mention in found)


@pytest.mark.parametrize(
    "text",
    [
        "President Macron spoke on 19 May 2023 in Paris.",
        "On Friday President Macron spoke in Paris.",
        "President Macron wants net zero by 2050.",
        "President Macron met reporters in Germany. President Xi did not.",
        "Joining President Macron were two ministers.",
        "Today, President Macron spoke.",
    ],
)
def test_the_present_is_a_claim(people, text):
    assert all(mention.claims_office for mention in people(text))
    assert people(text)


@pytest.mark.parametrize(
    "text",
    [
        "President of the Chamber of Commerce Ann Smith spoke.",
        "The president of the club spoke.",
        "Ann Smith, President and CEO of the bank, spoke.",
        "Board President Ann Smith and the board president spoke.",
        "The Trump administration and the Biden-Harris Administration acted.",
        "They met at Trump Tower in May 2017.",
        "A Prime Minister may resign. Presidents come and go.",
        "The Prime Minister's Office answered.",
        "World Bank President Park spoke.",
        "President Johnson signed the Civil Rights Act.",
        "President Park Chung-hee built the road.",
        "King Street and Premier League; service presidents.",
        "Kishida spoke.",
        "Donald Trump Jr. spoke, and Trump left.",
        "He was elected as president of France.",
    ],
)
def test_what_is_no_mention(people, text):
    assert people(text) == ()


def test_another_office_with_the_same_word_leaves_the_name_alone(people):
    found = people("Deputy Prime Minister Olaf Scholz and Senate's President Fumio Kishida met.")
    assert [(m.form, m.span.text) for m in found] == [
        (PersonForm.FULL, "Olaf Scholz"),
        (PersonForm.FULL, "Fumio Kishida"),
    ]


def test_a_chain_ties_full_name_title_surname_and_honorific(people):
    found = people(
        "Japanese Prime Minister Fumio Kishida met President Biden. Kishida's aides smiled. "
        "Mr. Kishida left; Mrs. Kishida stayed. Biden waved. The Japanese prime minister slept."
    )
    assert [(m.span.text, m.chain) for m in found] == [
        ("Japanese Prime Minister Fumio Kishida", 0),
        ("President Biden", 1),
        ("Kishida", 0),
        ("Mr. Kishida", 0),
        ("Biden", 1),
        ("Japanese prime minister", 0),
    ]
    assert found[2].possessive is not None
    assert found[2].possessive.text == "'s"
    assert found[3].honorific is not None
    assert found[3].honorific.text == "Mr."


def test_a_relative_with_the_same_surname_breaks_the_chain_until_the_next_title(people):
    found = people("President Biden came. Jill Biden followed. Biden sat. President Biden rose.")
    assert [m.span.text for m in found] == ["President Biden", "President Biden"]


def test_an_office_alone_stays_open_between_two_holders(people):
    found = people("President Macron met President Xi. The president smiled.")
    assert found[-1].form is PersonForm.OFFICE
    assert found[-1].people == ("emmanuel-macron", "xi-jinping")
    assert found[-1].chain == -1


def test_an_office_alone_with_its_country_needs_no_holder(people):
    [mention] = people("He met the Prime Minister of Japan.")
    assert (mention.form, mention.offices) == (PersonForm.OFFICE, ("JP.prime_minister",))
    assert (mention.people, mention.chain) == ((), -1)
    assert mention.span.text == "Prime Minister of Japan"


def test_a_shared_surname_takes_the_full_name_then_the_country_then_stays_open(people):
    open_ = people("President Lee spoke.")
    assert open_[0].people == ("lee-myung-bak", "lee-jae-myung")
    assert not open_[0].claims_office
    named = people("President Lee Jae-myung came. President Lee spoke.")
    assert [m.person for m in named] == ["lee-jae-myung", "lee-jae-myung"]


def test_title_and_surname_mean_who_ever_held_it_whatever_the_day(people):
    [mention] = people("Prime Minister May spoke.", as_of=AsOf.day(date(2024, 3, 1)))
    assert mention.person == "theresa-may"
    assert mention.claims_office


def test_a_given_name_behind_a_title_means_the_one_named_in_full(people):
    found = people("President Mohamed bin Zayed came. President Mohamed left.")
    assert [m.person for m in found] == ["mohamed-bin-zayed", "mohamed-bin-zayed"]


def test_a_plural_title_is_shared(people):
    found = people("Presidents Biden and Xi met Prime Ministers Modi of India and Kishida.")
    assert [m.span.text for m in found] == ["Biden", "Xi", "Modi of India", "Kishida"]
    assert all(m.shared_title and m.claims_office for m in found)
    assert [m.title.text for m in found if m.title] == ["Presidents"] * 2 + ["Prime Ministers"] * 2


def test_two_people_in_a_list_are_no_apposition(people):
    found = people("Present were Olaf Scholz, the Japanese prime minister, and Xi Jinping.")
    assert [m.span.text for m in found] == ["Olaf Scholz", "Japanese prime minister", "Xi Jinping"]
    found = people("The Japanese prime minister, Joe Biden and Xi Jinping met.")
    assert [m.span.text for m in found] == ["Japanese prime minister", "Joe Biden", "Xi Jinping"]


def test_a_country_before_a_title_may_end_its_own_phrase(people):
    [mention] = people("In Japan Prime Minister Modi said so.")
    assert mention.country is None
    assert mention.offices == ("IN.prime_minister",)


def test_headlines_name_by_surname_and_in_capitals(people):
    found = people("Chancellor Olaf Scholz was in Paris.", title="SCHOLZ VISITS PARIS")
    assert (found[0].person, found[0].in_headline, found[0].capitals) == ("olaf-scholz", True, True)
    found = people("Prime Minister Fumio Kishida came.", title="Japanese PM to visit Kyiv")
    assert (found[0].form, found[0].person) == (PersonForm.OFFICE, "fumio-kishida")


def test_quotations_are_anothers_words(people):
    [mention] = people("“I trust President Macron,” she said.")
    assert mention.quoted
    assert not mention.claims_office


def test_the_month_is_no_person(people):
    found = people("Prime Minister Theresa May spoke on 3 May 2018. In May 2019 May left.")
    assert [m.span.text for m in found] == ["Prime Minister Theresa May", "May"]


def test_courtesy_is_a_bare_us_title_after_its_end_without_an_act_of_office(people):
    [said] = people("President Obama likes the plan.")
    assert said.courtesy
    [acts] = people("President Obama signs the bill.")
    assert not acts.courtesy
    [country] = people("U.S. President Obama likes the plan.")
    assert not country.courtesy
    [in_office] = people("President Biden likes the plan.")
    assert not in_office.courtesy


def test_hits_stand_between_word_boundaries(gazetteer):
    text = "Fumio Kishida met Fumio Kishidas, xModi, Modi_ and FUMIO KISHIDA."
    found = [text[hit.start : hit.end] for hit in gazetteer.find(Encoded(text))]
    assert found == ["Fumio Kishida", "FUMIO KISHIDA"]


def test_letters_outside_ascii_bound_a_word_as_others_do(gazetteer):
    text = "éModi Modié Modi\u0301 “Modi”—Modi’s …Modi"
    found = [hit.start for hit in gazetteer.find(Encoded(text))]
    assert [text[s : s + 5] for s in found] == ["Modi”", "Modi’", "Modi"]
