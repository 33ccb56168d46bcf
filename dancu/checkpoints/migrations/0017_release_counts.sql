-- depends: checkpoints 0016_parted
-- Whether a release counts is what stewards found of whom it was about: said by the owner's hand, with a line in the audit, so that who serves makes
-- no stop stand or fall in silence.
CREATE FUNCTION release_counts(of_person bigint, of_crossing uuid, by_other uuid, counts boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.release r WHERE r.person_id = of_person AND r.crossing_id = of_crossing AND r.by_crossing = by_other) THEN
        RAISE insufficient_privilege USING MESSAGE = 'There is no such release.';
    ELSIF counts THEN
        DELETE FROM public.stray_release WHERE crossing_id = of_crossing AND by_crossing = by_other;
    ELSE
        INSERT INTO public.stray_release (crossing_id, by_crossing) VALUES (of_crossing, by_other) ON CONFLICT DO NOTHING;
    END IF;
    INSERT INTO public.audit_entry (person_id, entry_id, actor_kind, action, detail)
    VALUES (of_person, gen_random_uuid(), 'system', 'crossing.release_looked_at', format('%s by %s %s', of_crossing, by_other, CASE WHEN counts THEN 'counts' ELSE 'counts no more' END));
END $$;
REVOKE ALL ON FUNCTION release_counts(bigint, uuid, uuid, boolean) FROM PUBLIC;
