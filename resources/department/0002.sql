-- The second state: how often a word stands in a collection is known from what ANALYZE gathered.
-- Counting each word of a question in a million passages read tens of thousands of rows a word.

-- In how many passages each term stands. Frequent ones are taken from the statistics (pg_stats of
-- the documentation: for a tsvector the most common lexemes and their shares); what is not among
-- these is rarer, and counted, `most` at the most.
CREATE OR REPLACE FUNCTION larets.word_counts(wanted text, terms tsquery[], most integer)
RETURNS integer[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE
    part text := read_part(wanted); frequent jsonb; total float8; term tsquery; share float8;
    found integer; counts integer[] := '{}';
BEGIN
    SELECT greatest(c.reltuples, 0) INTO total FROM pg_class c
    WHERE c.oid = format('larets.%I', part)::regclass;
    -- Behind the shares stand the least and the greatest of them.
    SELECT jsonb_object_agg(s.word, s.share) INTO frequent
    FROM pg_stats p, LATERAL unnest(
        p.most_common_elems::text::text[],
        p.most_common_elem_freqs[1:cardinality(p.most_common_elems::text::text[])]
    ) AS s(word, share)
    WHERE p.schemaname = 'larets' AND p.tablename = part AND p.attname = 'words';
    FOREACH term IN ARRAY terms LOOP
        share := (frequent ->> trim(BOTH '''' FROM term::text))::float8;
        IF share IS NOT NULL THEN
            counts := counts || (share * total)::integer;
        ELSE
            EXECUTE format('SELECT count(*) FROM (SELECT FROM larets.%I WHERE words @@ $1 LIMIT $2) s',
                           part) INTO found USING term, most;
            counts := counts || found;
        END IF;
    END LOOP;
    RETURN counts;
END $$;

-- With fresh statistics, which a bulk of new rows has made wrong.
CREATE OR REPLACE FUNCTION larets.make_indexes(wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, public, pg_temp AS $$
DECLARE part text := managed_part(wanted);
BEGIN
    EXECUTE format('CREATE INDEX %I ON larets.%I USING gin (words)', part || '_words', part);
    EXECUTE format('CREATE INDEX %I ON larets.%I USING hnsw '
                   '((vector::halfvec(%s)) halfvec_cosine_ops)', part || '_near', part,
                   (SELECT dimensions FROM collections WHERE id = wanted));
    EXECUTE format('ANALYZE larets.%I', part);
END $$;

-- Who leaves ----------------------------------------------------------------------------------------

-- A person who was dismissed stays in this table: what he gave others is signed by his key.
ALTER TABLE larets.people ADD COLUMN dismissed timestamptz;

-- Collections that nobody would manage any more: for administrators.
CREATE FUNCTION larets.only_managed(wanted name) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = larets, pg_temp AS $$
    SELECT c.name FROM collections c
    JOIN grants own ON own.collection = c.id AND own.role = wanted AND own.manages
    WHERE administers() AND NOT EXISTS (
        SELECT FROM grants g JOIN people p ON p.role = g.role AND p.dismissed IS NULL
        WHERE g.collection = c.id AND g.manages AND g.role <> wanted)
    ORDER BY c.name
$$;

-- All rights of a person go at once; his name is free again.
CREATE FUNCTION larets.dismiss(wanted name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
BEGIN
    IF NOT administers() OR wanted = session_user THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an administrator dismisses others';
    END IF;
    IF EXISTS (SELECT only_managed(wanted)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'nobody else manages a collection of his';
    END IF;
    DELETE FROM grants WHERE role = wanted;
    UPDATE people SET dismissed = now(), administrator = false, name = name || ' (' || role || ')'
    WHERE role = wanted AND dismissed IS NULL;
    INSERT INTO journal (act, subject) VALUES ('dismiss', wanted);
END $$;

CREATE OR REPLACE FUNCTION larets.create_collection(
    new_id text, new_name text, model text, dimensions integer, words boolean,
    sealed text, signature text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, public, pg_temp AS $$
DECLARE part text;
BEGIN
    IF NOT EXISTS (SELECT FROM people WHERE role = session_user AND dismissed IS NULL) THEN
        RAISE insufficient_privilege USING MESSAGE = 'not a member of this department';
    END IF;
    INSERT INTO collections (id, name, model, dimensions, words)
    VALUES (new_id, new_name, model, dimensions, words)
    RETURNING 'passages_' || number INTO part;
    INSERT INTO grants (collection, role, adds, manages, sealed, signature)
    VALUES (new_id, session_user, true, true, sealed, signature);
    EXECUTE format('CREATE TABLE larets.%I PARTITION OF larets.passages FOR VALUES IN (%L)',
                   part, new_id);
    EXECUTE format('CREATE UNIQUE INDEX ON larets.%I (id)', part);
    EXECUTE format('CREATE UNIQUE INDEX ON larets.%I (document, ordinal)', part);
    PERFORM make_indexes(new_id);
    EXECUTE format('CREATE TRIGGER belongs BEFORE INSERT ON larets.%I '
                   'FOR EACH ROW EXECUTE FUNCTION larets.belongs()', part);
    INSERT INTO journal (act, collection, subject) VALUES ('create-collection', new_id, new_name);
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA larets FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA larets TO larets_member;
