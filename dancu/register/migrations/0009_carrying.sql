-- What is kept (dancu/db/grants.py) is added to and never rewritten by whom serves, and yet follows its person when two records become one, or two
-- again. The tables' owner carries it, in functions that whoever serves may call and that ask the merges themselves. docs/decisions/0007-merging.md
COMMENT ON COLUMN life_event.person_id   IS 'person, carried by the owner';
COMMENT ON COLUMN person_merge.person_id IS 'person, carried by the owner';

-- When a version came: the database's word, whatever the version says of when it was believed.
ALTER TABLE person_history ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();
ALTER TABLE person_merge   ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- Kept rows of a record that left of which the person has one under the same key: they go back when the merge is undone.
CREATE TABLE row_aside (
    person_id bigint NOT NULL,                               -- the record that left
    aside_id  uuid   NOT NULL DEFAULT gen_random_uuid(),
    of_table  text   NOT NULL,
    kept_row  jsonb  NOT NULL,
    PRIMARY KEY (person_id, aside_id)
);
INSERT INTO row_aside (person_id, of_table, kept_row)
SELECT m.other_id, entry ->> 'table', kept_row
FROM person_merge m CROSS JOIN jsonb_array_elements(m.aside) AS entry CROSS JOIN jsonb_array_elements(entry -> 'rows') AS kept_row
WHERE m.undone_at IS NULL AND entry ->> 'table' IN ('life_event', 'person_merge');

-- Kept rows leave one person and come to another, but for those that the other has under the same key; `keys`: which, null for all. On the record of
-- both. Only the functions below call it, which have asked whether it may be.
CREATE FUNCTION carry_kept_rows(of_table text, from_id bigint, to_id bigint, keys jsonb) RETURNS SETOF jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    whole     regclass := to_regclass(format('public.%I', of_table));
    names     text;
    read      text;
    same_key  text;
    one       jsonb;
    carried   jsonb := '[]';
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = whole AND a.attname = 'person_id'
                   AND col_description(a.attrelid, a.attnum) = 'person, carried by the owner') THEN
        RAISE insufficient_privilege USING MESSAGE = format('No rows of %s are carried.', of_table);
    END IF;
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
           string_agg(CASE attname WHEN 'person_id' THEN '$2' ELSE 'whole_row.' || quote_ident(attname) END, ', ' ORDER BY attnum)
    INTO names, read FROM pg_attribute WHERE attrelid = whole AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    SELECT string_agg(format('whole_row.%1$I = named.%1$I', k.attname), ' AND ') INTO same_key
    FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey)
    WHERE i.indrelid = whole AND i.indisprimary AND k.attname <> 'person_id';
    EXECUTE format('SELECT FROM public.%I WHERE person_id = $1 FOR UPDATE', of_table) USING from_id;
    FOR one IN EXECUTE format(
        'INSERT INTO public.%1$I AS placed (%2$s) OVERRIDING SYSTEM VALUE SELECT %3$s FROM public.%1$I AS whole_row'
        ' WHERE whole_row.person_id = $1 AND ($3 IS NULL OR EXISTS ('
        '     SELECT FROM jsonb_populate_recordset(NULL::public.%1$I, $3) AS named WHERE %4$s))'
        ' ON CONFLICT DO NOTHING RETURNING to_jsonb(placed)', of_table, names, read, same_key) USING from_id, to_id, keys
    LOOP
        carried := carried || one;
    END LOOP;
    IF carried = '[]' THEN
        RETURN;
    END IF;
    EXECUTE format(
        'DELETE FROM public.%1$I AS whole_row USING jsonb_populate_recordset(NULL::public.%1$I, $2) AS named'
        ' WHERE whole_row.person_id = $1 AND %2$s', of_table, same_key) USING from_id, carried;
    INSERT INTO public.audit_entry (person_id, entry_id, actor_kind, action, detail)
    SELECT person_id, gen_random_uuid(), 'system', 'register.carried',
           format('%s of %s from %s to %s', jsonb_array_length(carried), of_table, from_id, to_id)
    FROM unnest(ARRAY[from_id, to_id]) AS about (person_id);
    RETURN QUERY SELECT jsonb_array_elements(carried);
END $$;

-- The same for two records that a merge in force makes one, or a merge undone in this transaction makes two. Of a merge all rows go (or those that
-- `keys` name), and what the person has under the same key is kept aside (`is_aside`); when undone those that `keys` name, and what was aside.
CREATE FUNCTION carry_merged_rows(of_table text, from_id bigint, to_id bigint, keys jsonb DEFAULT NULL)
RETURNS TABLE (record jsonb, is_aside boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one   jsonb;
    names text;
BEGIN
    IF EXISTS (SELECT FROM public.person_merge m WHERE m.other_id = from_id AND m.person_id = to_id AND m.undone_at IS NULL) THEN
        RETURN QUERY SELECT carried, false FROM public.carry_kept_rows(of_table, from_id, to_id, keys) AS carried;
        FOR one IN EXECUTE format(
            'DELETE FROM public.%I AS whole_row WHERE person_id = $1 AND $2 IS NULL RETURNING to_jsonb(whole_row)', of_table) USING from_id, keys
        LOOP
            INSERT INTO public.row_aside (person_id, of_table, kept_row) VALUES (from_id, carry_merged_rows.of_table, one);
            RETURN QUERY SELECT one, true;
        END LOOP;
    ELSIF EXISTS (SELECT FROM public.person_merge m WHERE m.person_id = from_id AND m.other_id = to_id AND m.undone_at = now()) THEN
        RETURN QUERY SELECT carried, false FROM public.carry_kept_rows(of_table, from_id, to_id, coalesce(keys, '[]')) AS carried;
        FOR one IN DELETE FROM public.row_aside a WHERE a.person_id = to_id AND a.of_table = carry_merged_rows.of_table RETURNING a.kept_row
        LOOP  -- a column that came since is as the table makes it
            SELECT string_agg(quote_ident(name), ', ') INTO names FROM jsonb_object_keys(one) AS name;
            EXECUTE format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::public.%1$I, $1) ON CONFLICT DO NOTHING',
                           of_table, names) USING one;
            RETURN QUERY SELECT one, true;
        END LOOP;
    ELSE
        RAISE insufficient_privilege USING MESSAGE = format('No merge carries rows from %s to %s.', from_id, to_id);
    END IF;
END $$;

REVOKE ALL ON FUNCTION carry_kept_rows(text, bigint, bigint, jsonb), carry_merged_rows(text, bigint, bigint, jsonb) FROM PUBLIC;
