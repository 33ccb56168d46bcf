-- depends: checkpoints 0013_phone_agrees, register 0009_carrying
-- What was decided at a station is added to and never rewritten by whom serves; it follows its person by the owner's hand.
-- docs/decisions/0007-merging.md
COMMENT ON COLUMN crossing.person_id   IS 'person, carried by the owner';
COMMENT ON COLUMN release.person_id    IS 'person, carried by the owner';
COMMENT ON COLUMN retraction.person_id IS 'person, carried by the owner';
COMMENT ON COLUMN revocation.person_id IS 'person, carried by the owner';

-- When something came is the database's word. A release counts from when it was said (`released_at`), also where it was said of a crossing that was
-- corrected since; and a release of somebody who turned out to be another counts no more: which crossing said so.
ALTER TABLE revocation ALTER COLUMN revoked_at SET DEFAULT now();
ALTER TABLE release    ADD COLUMN lifted_by   uuid,
                       ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                       ADD CHECK (released_at <= recorded_at);

-- Kept rows that go with a declaration, which stands under somebody else since people decided whose it is: each is, by the very key that it is carried
-- by, of a crossing or pass of this declaration and of no other. docs/decisions/0003-whose-declaration.md
CREATE FUNCTION carry_declared_rows(of_table text, from_id bigint, to_id bigint, keys jsonb, its_declaration uuid) RETURNS SETOF jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    are_its boolean;
BEGIN
    IF of_table = 'revocation' THEN
        SELECT bool_and(EXISTS (SELECT FROM public.revocation r WHERE r.person_id = from_id AND r.pass_id = named.pass_id)
                        AND EXISTS (SELECT FROM public.pass p WHERE p.pass_id = named.pass_id)
                        AND NOT EXISTS (SELECT FROM public.pass p WHERE p.pass_id = named.pass_id
                                        AND (p.declaration_id, p.person_id) IS DISTINCT FROM (its_declaration, to_id)))
        INTO are_its FROM jsonb_populate_recordset(NULL::public.revocation, keys) AS named;
    ELSIF of_table IN ('crossing', 'release', 'retraction') THEN  -- the crossing may have gone before what belongs to it
        SELECT bool_and(EXISTS (SELECT FROM public.crossing c WHERE c.crossing_id = named.crossing_id)
                        AND NOT EXISTS (SELECT FROM public.crossing c WHERE c.crossing_id = named.crossing_id
                                        AND (c.declaration_id <> its_declaration OR c.person_id NOT IN (from_id, to_id))))
        INTO are_its FROM jsonb_populate_recordset(NULL::public.crossing, keys) AS named;
    END IF;
    IF NOT coalesce(are_its, false) OR from_id = to_id
       OR NOT EXISTS (SELECT FROM public.declaration d WHERE d.declaration_id = its_declaration AND d.person_id = to_id)
       OR EXISTS (SELECT FROM public.declaration d WHERE d.declaration_id = its_declaration AND d.person_id <> to_id) THEN
        RAISE insufficient_privilege USING MESSAGE = format('No declaration carries rows from %s to %s.', from_id, to_id);
    END IF;
    RETURN QUERY SELECT carried FROM public.carry_kept_rows(of_table, from_id, to_id, keys) AS carried;
END $$;
REVOKE ALL ON FUNCTION carry_declared_rows(text, bigint, bigint, jsonb, uuid) FROM PUBLIC;
