-- What is settled once stays so, whoever writes: a trigger on the table names the column that is never emptied or changed again.
CREATE FUNCTION stays_once_said() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_jsonb(old) -> tg_argv[0] <> 'null' AND to_jsonb(old) -> tg_argv[0] IS DISTINCT FROM to_jsonb(new) -> tg_argv[0] THEN
        RAISE check_violation USING MESSAGE = format('%s of %s stays as it was first said.', tg_argv[0], tg_table_name);
    END IF;
    RETURN new;
END $$;

-- When a role was given is the database's word; one that has ended is not revived, and a proposal is decided once.
ALTER TABLE official_grant ALTER COLUMN granted_at SET DEFAULT clock_timestamp();
CREATE TRIGGER official_grant_ends_once BEFORE UPDATE ON official_grant
    FOR EACH ROW EXECUTE FUNCTION stays_once_said('ended_at');
CREATE TRIGGER account_proposal_decided_once BEFORE UPDATE ON account_proposal
    FOR EACH ROW EXECUTE FUNCTION stays_once_said('decided_at');
