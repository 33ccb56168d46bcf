-- depends: nothing
-- Provinces, districts and communes, each as it was from one day to another. Small reference tables: 14,154 rows for two eras.
-- Written only by dancu.areas.actions, which gives area_edition a new number, so that every process reads its index again.

CREATE TABLE area (
    area_id     integer PRIMARY KEY,
    code        text NOT NULL,                  -- the statistics office's; a later unit may bear it again
    valid_from  date NOT NULL,
    valid_to    date,                           -- the first day it is no more; null while it stands
    level       smallint NOT NULL CHECK (level BETWEEN 1 AND 3),    -- 1 province, 2 district, 3 commune
    kind        text NOT NULL,                  -- Tỉnh, Thành phố, Quận, Huyện, Thị xã, Phường, Xã, Thị trấn, Đặc khu
    name        text NOT NULL,                  -- Phường Bến Nghé
    short_name  text NOT NULL,                  -- Bến Nghé
    aliases     text[] NOT NULL,                -- what else people write for it, and what it was called before the list begins
    path        text NOT NULL,                  -- Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh
    search_key  text NOT NULL,                  -- name, short name and aliases as searches compare them, between |
    latitude    double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude   double precision CHECK (longitude BETWEEN -180 AND 180),
    parent_id   integer REFERENCES area,
    province_id integer NOT NULL REFERENCES area,   -- itself, of a province
    district_id integer REFERENCES area,            -- itself, of a district; null where there is no such level
    ancestors   integer[] NOT NULL,                 -- province first; without itself
    UNIQUE (code, valid_from),
    CHECK (valid_to > valid_from),
    CHECK ((parent_id IS NULL) = (level = 1))
);
CREATE INDEX area_province ON area (province_id);
CREATE INDEX area_district ON area (district_id);
CREATE INDEX area_parent ON area (parent_id);

CREATE TABLE area_successor (
    old_id  integer NOT NULL REFERENCES area,
    new_id  integer NOT NULL REFERENCES area,
    main    boolean NOT NULL,                   -- of a divided unit: the one that took most of it
    PRIMARY KEY (old_id, new_id),
    CHECK (old_id <> new_id)
);
CREATE INDEX area_successor_new ON area_successor (new_id);

CREATE TABLE area_edition (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    edition     uuid NOT NULL,
    imported_at timestamptz NOT NULL
);
