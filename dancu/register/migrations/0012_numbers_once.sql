-- depends: register 0011_once, audit 0001_audit
-- A number is given once: that it was somebody's is kept (dancu/db/grants.py), and follows its person by the hand of the tables' owner.
ALTER TABLE former_number ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();
COMMENT ON COLUMN former_number.person_id IS 'person, carried by the owner';

-- Those that merges in force keep aside go back by the owner too.
INSERT INTO row_aside (person_id, of_table, kept_row)
SELECT m.other_id, entry ->> 'table', kept_row
FROM person_merge m CROSS JOIN jsonb_array_elements(m.aside) AS entry CROSS JOIN jsonb_array_elements(entry -> 'rows') AS kept_row
WHERE m.undone_at IS NULL AND entry ->> 'table' = 'former_number';

-- What a merge or an event that is undone made a former number is none, where it is in force again: of this person, or of one who is parted from
-- them in this very transaction. `numbers`: kind and number of each. Returns how many.
CREATE FUNCTION take_numbers_back(of_person bigint, numbers jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH back AS (
        DELETE FROM public.former_number f USING jsonb_to_recordset(numbers) AS named (kind text, number text)
        WHERE f.person_id = of_person AND f.kind = named.kind AND f.number = named.number AND EXISTS (
            SELECT FROM public.person p
            WHERE p.person_id = ANY (of_person || ARRAY(SELECT m.other_id FROM public.person_merge m WHERE m.person_id = of_person AND m.undone_at = now()))
              AND CASE f.kind WHEN 'pin' THEN p.pin ELSE p.cmnd END = f.number)
        RETURNING f.kind
    ), told AS (
        INSERT INTO public.audit_entry (person_id, entry_id, actor_kind, action, detail)
        SELECT of_person, gen_random_uuid(), 'system', 'register.number_again', string_agg(kind, ', ' ORDER BY kind) FROM back HAVING count(*) > 0
    )
    SELECT count(*) FROM back
$$;
REVOKE ALL ON FUNCTION take_numbers_back(bigint, jsonb) FROM PUBLIC;
