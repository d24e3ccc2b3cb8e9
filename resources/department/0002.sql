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
