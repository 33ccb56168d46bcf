-- depends: register 0010_one_home
-- A merge is undone once, in the transaction that undoes it, and not in force again: who serves asks the tables' owner.
CREATE FUNCTION end_merge(of_person bigint, of_merge uuid, by_official bigint, said text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.person_merge SET undone_at = now(), undone_by = by_official, undone_basis = said
    WHERE person_id = of_person AND merge_id = of_merge AND undone_at IS NULL
$$;
REVOKE ALL ON FUNCTION end_merge(bigint, uuid, bigint, text) FROM PUBLIC;

-- Not every row's number is there, and so no other table can refer to it: giving one does not lock the row against who declares, crosses or
-- is asked about meanwhile (register.held), as changing what may be referred to would.
CREATE UNIQUE INDEX person_pin_now ON person (pin) WHERE pin IS NOT NULL;
DROP INDEX person_pin;
ALTER INDEX person_pin_now RENAME TO person_pin;
