-- When a role was given is the database's word.
ALTER TABLE official_grant ALTER COLUMN granted_at SET DEFAULT clock_timestamp();

-- What is settled once stays so: a role that has ended is not revived, and a proposal is decided once. Who serves asks the tables' owner, as for
-- what is carried (docs/decisions/0007-merging.md), and may write none of these columns.
CREATE FUNCTION end_role(of_grant bigint, by_official bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.official_grant SET ended_at = clock_timestamp(), ended_by_id = by_official
    WHERE id = of_grant AND ended_at IS NULL RETURNING true
$$;
CREATE FUNCTION is_administrator(who bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.official o JOIN public.official_grant g ON g.official_id = o.id
                   WHERE o.id = who AND o.is_active AND g.role = 'administrator' AND g.ended_at IS NULL
                     AND daterange(g.valid_from, g.valid_to) @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
$$;
-- Two administrators agree; one may refuse, and so may the official concerned; who proposed it takes it back.
CREATE FUNCTION decide_proposal(of_proposal bigint, as_state text, by_official bigint, said text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.account_proposal SET state = as_state, decided_by_id = by_official, decided_at = statement_timestamp(), answer = said
    WHERE proposal_id = of_proposal AND state = 'open' AND expires_at > clock_timestamp()
      AND CASE as_state
          WHEN 'confirmed' THEN public.is_administrator(by_official) AND public.is_administrator(proposed_by_id)
          WHEN 'refused' THEN by_official = official_id OR public.is_administrator(by_official)
          WHEN 'withdrawn' THEN by_official = proposed_by_id
          ELSE false END
    RETURNING true
$$;
CREATE FUNCTION end_late_proposals() RETURNS SETOF public.account_proposal
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.account_proposal SET state = 'expired', decided_at = clock_timestamp()
    WHERE state = 'open' AND expires_at <= clock_timestamp() RETURNING *
$$;
REVOKE ALL ON FUNCTION is_administrator(bigint), end_role(bigint, bigint), decide_proposal(bigint, text, bigint, text), end_late_proposals() FROM PUBLIC;
