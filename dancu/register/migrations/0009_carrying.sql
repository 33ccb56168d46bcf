-- depends: register 0008_facts, audit 0001_audit
-- What is kept (dancu/db/grants.py) is added to and never rewritten by whom serves, and yet follows its person when two records become one, or two
-- again. The tables' owner carries it, in functions that whoever serves may call and that ask the merges themselves. docs/decisions/0007-merging.md
COMMENT ON COLUMN life_event.person_id   IS 'person, carried by the owner';
COMMENT ON COLUMN person_merge.person_id IS 'person, carried by the owner';

-- When a version came: the database's word, whatever the version says of when it was believed.
ALTER TABLE person_history ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();
ALTER TABLE person_merge   ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- Nobody is merged with themselves; one that was undone goes with its person, also where that is the one who left then.
ALTER TABLE person_merge ADD CHECK (kept_id <> other_id), ADD CHECK (person_id <> other_id OR undone_at IS NOT NULL);

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

-- By what a row of a kept table is recognised beside its person: the rows `whole_row` and `named` have one key.
CREATE FUNCTION kept_key(of_table text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    whole regclass := to_regclass(format('public.%I', of_table));
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = whole AND a.attname = 'person_id'
                   AND col_description(a.attrelid, a.attnum) = 'person, carried by the owner') THEN
        RAISE insufficient_privilege USING MESSAGE = format('No rows of %s are carried.', of_table);
    END IF;
    RETURN (SELECT string_agg(format('whole_row.%1$I = named.%1$I', k.attname), ' AND ')
            FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey)
            WHERE i.indrelid = whole AND i.indisprimary AND k.attname <> 'person_id');
END $$;

-- Whatever is carried, put aside or put back is on the record of both.
CREATE FUNCTION note_carried(how_many bigint, of_table text, from_id bigint, to_id bigint, how text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.audit_entry (person_id, entry_id, actor_kind, action, detail)
    SELECT person_id, gen_random_uuid(), 'system', 'register.carried', format('%s of %s from %s to %s%s', how_many, of_table, from_id, to_id, how)
    FROM unnest(ARRAY[from_id, to_id]) AS about (person_id)
    WHERE how_many > 0
$$;

-- Kept rows leave one person and come to another, but for those that the other has under the same key; `keys`: which, null for all. Only the
-- functions below call it, which have asked whether it may be.
CREATE FUNCTION carry_kept_rows(of_table text, from_id bigint, to_id bigint, keys jsonb) RETURNS SETOF jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    same_key  text := public.kept_key(of_table);
    names     text;
    read      text;
    one       jsonb;
    carried   jsonb := '[]';
BEGIN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
           string_agg(CASE attname WHEN 'person_id' THEN '$2' ELSE 'whole_row.' || quote_ident(attname) END, ', ' ORDER BY attnum)
    INTO names, read FROM pg_attribute
    WHERE attrelid = format('public.%I', of_table)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    EXECUTE format('SELECT FROM public.%I WHERE person_id = $1 FOR UPDATE', of_table) USING from_id;
    FOR one IN EXECUTE format(
        'INSERT INTO public.%1$I AS placed (%2$s) OVERRIDING SYSTEM VALUE SELECT %3$s FROM public.%1$I AS whole_row'
        ' WHERE whole_row.person_id = $1 AND ($3 IS NULL OR EXISTS ('
        '     SELECT FROM jsonb_populate_recordset(NULL::public.%1$I, $3) AS named WHERE %4$s))'
        ' ON CONFLICT DO NOTHING RETURNING to_jsonb(placed)', of_table, names, read, same_key) USING from_id, to_id, keys
    LOOP
        carried := carried || one;
    END LOOP;
    EXECUTE format(
        'DELETE FROM public.%1$I AS whole_row USING jsonb_populate_recordset(NULL::public.%1$I, $2) AS named'
        ' WHERE whole_row.person_id = $1 AND %2$s', of_table, same_key) USING from_id, carried;
    PERFORM public.note_carried(jsonb_array_length(carried), of_table, from_id, to_id, '');
    RETURN QUERY SELECT jsonb_array_elements(carried);
END $$;

-- The same for two records that a merge in force makes one, of which one has left the register, or that a merge undone in this transaction makes two,
-- both of which stand there. Of a merge all rows go (or those that `keys` name), and what the person has under the same key is kept aside
-- (`is_aside`). When undone first what was aside goes back, which nothing may stand in the way of, and then those that `keys` name.
CREATE FUNCTION carry_merged_rows(of_table text, from_id bigint, to_id bigint, keys jsonb DEFAULT NULL)
RETURNS TABLE (record jsonb, is_aside boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    same_key text := public.kept_key(of_table);
    stand    bigint[] := ARRAY(SELECT person_id FROM public.person WHERE person_id IN (from_id, to_id) ORDER BY person_id);
    how_many bigint := 0;
    one      jsonb;
    names    text;
BEGIN
    IF stand = ARRAY[to_id] AND from_id <> to_id
       AND EXISTS (SELECT FROM public.person_merge m WHERE m.other_id = from_id AND m.person_id = to_id AND m.undone_at IS NULL) THEN
        RETURN QUERY SELECT carried, false FROM public.carry_kept_rows(of_table, from_id, to_id, keys) AS carried;
        FOR one IN EXECUTE format(
            'DELETE FROM public.%1$I AS whole_row USING public.%1$I AS named'
            ' WHERE whole_row.person_id = $1 AND named.person_id = $2 AND %2$s AND $3 IS NULL'
            ' RETURNING to_jsonb(whole_row)', of_table, same_key) USING from_id, to_id, keys
        LOOP
            INSERT INTO public.row_aside (person_id, of_table, kept_row) VALUES (from_id, carry_merged_rows.of_table, one);
            how_many := how_many + 1;
            RETURN QUERY SELECT one, true;
        END LOOP;
        PERFORM public.note_carried(how_many, of_table, from_id, to_id, ', put aside');
    ELSIF cardinality(stand) = 2
       AND EXISTS (SELECT FROM public.person_merge m WHERE m.person_id = from_id AND m.other_id = to_id AND m.undone_at = now()) THEN
        FOR one IN DELETE FROM public.row_aside a WHERE a.person_id = to_id AND a.of_table = carry_merged_rows.of_table RETURNING a.kept_row
        LOOP  -- a column that came since is as the table makes it
            SELECT string_agg(quote_ident(name), ', ') INTO names FROM jsonb_object_keys(one) AS name;
            EXECUTE format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::public.%1$I, $1)', of_table, names)
            USING one;
            how_many := how_many + 1;
            RETURN QUERY SELECT one, true;
        END LOOP;
        PERFORM public.note_carried(how_many, of_table, from_id, to_id, ', put back');
        RETURN QUERY SELECT carried, false FROM public.carry_kept_rows(of_table, from_id, to_id, coalesce(keys, '[]')) AS carried;
    ELSE
        RAISE insufficient_privilege USING MESSAGE = format('No merge carries rows from %s to %s.', from_id, to_id);
    END IF;
END $$;

-- What a merge in force moved and changed: only ever added to, since its undoing goes by it. `told`: what there is to say, by column.
CREATE FUNCTION tell_merge(of_person bigint, of_merge uuid, told jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.person_merge
    SET history = coalesce(told -> 'history', '{}') || history,
        taken   = coalesce(told -> 'taken', '{}') || taken,
        moved   = moved   || coalesce(told -> 'moved', '[]'),
        pointed = pointed || coalesce(told -> 'pointed', '[]'),
        aside   = aside   || coalesce(told -> 'aside', '[]'),
        added   = added   || coalesce(told -> 'added', '[]')
    WHERE person_id = of_person AND merge_id = of_merge AND undone_at IS NULL
$$;

REVOKE ALL ON FUNCTION kept_key(text), note_carried(bigint, text, bigint, bigint, text), carry_kept_rows(text, bigint, bigint, jsonb),
    carry_merged_rows(text, bigint, bigint, jsonb), tell_merge(bigint, uuid, jsonb) FROM PUBLIC;
