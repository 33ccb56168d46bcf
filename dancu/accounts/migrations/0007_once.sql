-- When a role was given is the database's word.
ALTER TABLE official_grant ALTER COLUMN granted_at SET DEFAULT clock_timestamp();

-- What is settled once stays so: a role that has ended is not revived, and a proposal is decided once. Who serves asks the tables' owner, as for
-- what is carried (docs/decisions/0007-merging.md), and may write none of these columns.
CREATE FUNCTION end_role(of_grant bigint, by_official bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.official_grant SET ended_at = clock_timestamp(), ended_by_id = by_official
    WHERE id = of_grant AND ended_at IS NULL RETURNING true
$$;
CREATE FUNCTION decide_proposal(of_proposal bigint, as_state text, by_official bigint, said text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.account_proposal SET state = as_state, decided_by_id = by_official, decided_at = statement_timestamp(), answer = said
    WHERE proposal_id = of_proposal AND state = 'open' AND expires_at > clock_timestamp() RETURNING true
$$;
CREATE FUNCTION end_late_proposals() RETURNS SETOF public.account_proposal
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.account_proposal SET state = 'expired', decided_at = clock_timestamp()
    WHERE state = 'open' AND expires_at <= clock_timestamp() RETURNING *
$$;
REVOKE ALL ON FUNCTION end_role(bigint, bigint), decide_proposal(bigint, text, bigint, text), end_late_proposals() FROM PUBLIC;
