"""Look-ups by person, office, title and day."""

from datetime import date, timedelta
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturbations.knowledge import Knowledge, UnknownIdError, load

DAYS = st.dates(date(1990, 1, 1), date(2027, 1, 1))
SHIPPED = load()


@given(day=DAYS, office=st.sampled_from(sorted(SHIPPED.offices)))
def test_holders_are_the_terms_that_cover_the_day(day, office):
    expected = [
        term
        for term in SHIPPED.terms
        if term.office == office
        and term.start <= day <= SHIPPED.known_until("terms")
        and (term.end is None or term.end > day)
    ]
    assert list(SHIPPED.holders(office, day)) == expected


@given(day=DAYS, person=st.sampled_from(sorted(SHIPPED.people)))
def test_offices_of_a_person_mirror_the_holders_of_the_offices(day, person):
    terms = SHIPPED.offices_of(person, day)
    assert terms == SHIPPED.terms_at(person, day)
    for term in terms:
        assert term in SHIPPED.holders(term.office, day)
    for office in {term.office for term in SHIPPED.terms_of(person=person)}:
        assert [t for t in SHIPPED.holders(office, day) if t.person == person] == [
            t for t in terms if t.office == office
        ]


def test_terms_are_half_open(shipped: Knowledge):
    change = date(2025, 1, 20)
    (before,) = shipped.holders("US.president", change - timedelta(days=1))
    (after,) = shipped.holders("US.president", change)
    assert (before.person, after.person) == ("joe-biden", "donald-trump")
    assert before.end == after.start == change


def test_after_the_end_of_the_table_nobody_is_named(shipped: Knowledge):
    last = shipped.known_until("terms")
    assert shipped.holders("US.president", last)
    assert shipped.holders("US.president", last + timedelta(days=1)) == ()
    assert shipped.offices_of("donald-trump", last + timedelta(days=1)) == ()


def test_terms_of_a_person_in_an_office_by_start(shipped: Knowledge):
    terms = shipped.terms_of(person="donald-trump", office="US.president")
    assert [term.start.year for term in terms] == [2017, 2025]
    assert shipped.terms_of(person="donald-trump") == terms
    terms = shipped.terms_of(office="JP.prime_minister")
    starts = [term.start for term in terms]
    assert starts == sorted(starts)
    holders = [term.person for term in terms if term.start >= date(2009, 1, 1)]
    assert holders == [
        "yukio-hatoyama",
        "naoto-kan",
        "yoshihiko-noda",
        "shinzo-abe",
        "yoshihide-suga",
        "fumio-kishida",
        "shigeru-ishiba",
        "sanae-takaichi",
    ]


def test_terms_of_needs_a_person_or_an_office(shipped: Knowledge):
    with pytest.raises(ValueError, match="needs a person or an office"):
        shipped.terms_of()


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("volodymyr-zelenskyy", {"Volodymyr Zelensky", "Volodymyr Zelenskiy"}),
        ("recep-tayyip-erdogan", {"Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"}),
        ("abdel-fattah-el-sisi", {"Abdel Fattah al-Sisi", "Abdelfattah Elsisi"}),
        ("abdullah-ii", {"King Abdullah II", "King Abdallah II"}),
        ("kim-jong-un", {"Kim Jong Un", "Kim Jong-un"}),
        ("lee-jae-myung", {"Lee Jae Myung", "Lee Jae-myung"}),
        ("yoon-suk-yeol", {"Yoon Suk Yeol", "Yoon Suk-yeol"}),
        ("luiz-inacio-lula-da-silva", {"Luiz Inacio Lula da Silva", "Luiz Inácio Lula da Silva"}),
        ("alexander-lukashenko", {"Aleksandr Lukashenko", "Alexander Lukashenka"}),
        ("mette-frederiksen", {"Mette Frederiksen"}),
    ],
)
def test_accepted_spellings(shipped: Knowledge, person, names):
    aliases = shipped.aliases(person)
    assert names <= set(aliases)
    assert aliases[0] == shipped.people[person].name


@pytest.mark.parametrize(
    ("person", "surnames"),
    [
        ("xi-jinping", {"Xi"}),
        ("nguyen-phu-trong", {"Trong"}),
        ("luiz-inacio-lula-da-silva", {"Lula"}),
        ("mohammed-bin-salman", {"bin Salman", "MBS"}),
        ("ursula-von-der-leyen", {"von der Leyen"}),
        ("abdel-fattah-el-sisi", {"el-Sisi", "al-Sisi", "Sisi"}),
        ("lars-lokke-rasmussen", {"Løkke Rasmussen", "Rasmussen"}),
    ],
)
def test_surnames_as_the_press_uses_them(shipped: Knowledge, person, surnames):
    found = shipped.people[person]
    assert surnames <= set(found.surnames)
    assert found.surnames[0] == found.surname


def test_titles_ignore_case_and_may_be_asked_of_one_country(shipped: Knowledge):
    assert shipped.title_holders("taoiseach") == ("IE.prime_minister",)
    assert shipped.title_holders("CHANCELLOR") == ("AT.chancellor", "DE.chancellor")
    assert shipped.title_holders("Chancellor", "DE") == ("DE.chancellor",)
    assert shipped.title_holders("Chancellor", "FR") == ()
    assert "EU.commission_president" in shipped.title_holders("President", "EU")
    assert shipped.title_holders("President", "CA") == ()
    assert shipped.title_holders("President", "AU") == ()


def test_an_unknown_id_answers_with_the_nearest_known_one(shipped: Knowledge):
    day = date(2022, 2, 16)
    with pytest.raises(UnknownIdError, match=r"no office 'US.presidnt'.*'US.president'"):
        shipped.holders("US.presidnt", day)
    with pytest.raises(UnknownIdError, match=r"no person 'joe-bidden'.*'joe-biden'"):
        shipped.offices_of("joe-bidden", day)
    with pytest.raises(UnknownIdError, match=r"no person 'joe-bidden'"):
        shipped.in_office("joe-bidden", "US.president", day, day)
    with pytest.raises(UnknownIdError, match=r"no table 'term'.*'terms'"):
        shipped.known_until("term")


def test_looking_up_is_much_faster_than_scanning(shipped: Knowledge):
    day = date(2022, 2, 16)

    def scan() -> list[str]:
        return [
            t.person for t in shipped.terms if t.office == "GB.prime_minister" and t.covers(day)
        ]

    def look_up() -> list[str]:
        return [term.person for term in shipped.holders("GB.prime_minister", day)]

    assert scan() == look_up() == ["boris-johnson"]
    assert min(repeat(look_up, number=200)) * 5 < min(repeat(scan, number=200))
