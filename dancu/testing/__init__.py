"""What the tests of several rooms use: the cast, their country, and how a test acts, reads and races.

The cast, and who makes them:

    An              citizen             people.someone, travellers.add_an; fixture `an`
    Bình            checkpoint officer  fixtures `binh`, and `station`, where he stands
    Chi             commune officer     people.chi
    Dung            vaccinator          officials.make_official("dung", "vaccinator")
    Hà              data steward        people.ha
    Giang, Khánh    administrators      fixtures `giang`, `khanh`
    Yến             auditor             officials.make_official("yen", "auditor")

The country is the published list of today's communes and those before it: fixture `published_areas`, and
`country`, which has a key to sign passes with, too. `plugin` has all fixtures that every room can ask for.

    officials       make_official, acting_as (in an action), signed_in (in a browser), four eyes, codes
    people          people of the register, and the wards they live in
    family          An and Lan, their child, and others of the village
    travellers      An as he declares, the declaration, the stations on his way
    at_the_station  what officers press and see
    arrivals        who is coming to a commune
    cases           doubtful cases, and records that disagree
    database        rows, as they are; hangings: rows of all kinds that hang on people
    at_once         the same thing twice at the same moment, in threads and in processes
    pages           reading a page as a person would, and pressing its button
    words           names, dates and numbers to draw from
    server          the database is up before Django reads its settings

What one room alone uses stands in that room's `tests/`.
"""
