-- The first state of a department's database. Run as larets_owner, in one transaction.
--
-- Rights: every table that holds something of a collection is under row-level security; what a
-- person may is a row in grants. Functions that run as the owner (SECURITY DEFINER) ask themselves:
-- PostgreSQL pushes an operator that is not leak-proof (tsvector @@ tsquery) below no policy, so
-- that the words index would never be used by a query under row-level security.

CREATE SEQUENCE larets.stamps;

CREATE TABLE larets.about (
    name text PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE larets.people (
    role name PRIMARY KEY DEFAULT session_user,
    name text NOT NULL UNIQUE CHECK (name <> ''),
    public_key text NOT NULL,
    signing_key text NOT NULL,
    administrator boolean NOT NULL DEFAULT false,
    joined timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE larets.collections (
    id text PRIMARY KEY,
    number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    name text NOT NULL UNIQUE CHECK (name <> ''),
    model text NOT NULL,
    dimensions integer NOT NULL CHECK (dimensions BETWEEN 1 AND 4000),
    words boolean NOT NULL,
    maker name NOT NULL DEFAULT session_user,
    made timestamptz NOT NULL DEFAULT now()
);

-- A collection's key, sealed to a person; signed by who gave it.
CREATE TABLE larets.grants (
    collection text NOT NULL REFERENCES larets.collections ON DELETE CASCADE,
    role name NOT NULL REFERENCES larets.people ON DELETE CASCADE,
    adds boolean NOT NULL,
    manages boolean NOT NULL,
    sealed text NOT NULL,
    giver name NOT NULL DEFAULT session_user,
    signature text NOT NULL,
    PRIMARY KEY (collection, role)
);

-- `sealed` is everything that tells of a document, under the collection's key; `fingerprint` is a
-- keyed hash of its content: one content is held once in a collection.
CREATE TABLE larets.documents (
    id text PRIMARY KEY,
    collection text NOT NULL REFERENCES larets.collections ON DELETE CASCADE,
    fingerprint bytea NOT NULL,
    sealed bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'parsing', 'indexed', 'failed')),
    passages integer NOT NULL DEFAULT 0,
    size bigint NOT NULL,
    container text NOT NULL DEFAULT '',
    adder name NOT NULL DEFAULT session_user,
    added timestamptz NOT NULL DEFAULT clock_timestamp(),
    stamp bigint NOT NULL DEFAULT nextval('larets.stamps'),
    worker integer,
    attempts integer NOT NULL DEFAULT 0,
    UNIQUE (collection, fingerprint)
);
CREATE INDEX documents_waiting ON larets.documents (adder, added, id) WHERE state = 'queued';
CREATE INDEX documents_claimed ON larets.documents (worker) WHERE state = 'parsing';
CREATE INDEX documents_stamped ON larets.documents (collection, stamp);
CREATE INDEX documents_inside ON larets.documents (container) WHERE container <> '';

CREATE TABLE larets.originals (
    document text NOT NULL REFERENCES larets.documents ON DELETE CASCADE,
    part integer NOT NULL,
    collection text NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (document, part)
);
-- What is encrypted does not get smaller; trying costs time.
ALTER TABLE larets.originals ALTER COLUMN data SET STORAGE EXTERNAL;

-- `words` holds keyed hashes of stems in place of words, each as often as it stands there; `length`
-- counts all stems. A partition a collection, made with it.
CREATE TABLE larets.passages (
    id bigint GENERATED ALWAYS AS IDENTITY,
    collection text NOT NULL,
    document text NOT NULL,
    ordinal integer NOT NULL,
    sealed bytea NOT NULL,
    words tsvector,
    length integer NOT NULL DEFAULT 0,
    vector halfvec
) PARTITION BY LIST (collection);
ALTER TABLE larets.passages ALTER COLUMN sealed SET STORAGE EXTERNAL;
-- Looked at for every passage that has a word: in the row, and not compressed if it fits.
ALTER TABLE larets.passages ALTER COLUMN words SET STORAGE MAIN;

CREATE TABLE larets.journal (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    moment timestamptz NOT NULL DEFAULT clock_timestamp(),
    role name NOT NULL DEFAULT session_user,
    act text NOT NULL,
    collection text NOT NULL DEFAULT '',
    subject text NOT NULL DEFAULT ''
);

-- Rights ------------------------------------------------------------------------------------------

CREATE FUNCTION larets.readable() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = larets, pg_temp
AS 'SELECT collection FROM grants WHERE role = session_user';

CREATE FUNCTION larets.addable() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = larets, pg_temp
AS 'SELECT collection FROM grants WHERE role = session_user AND (adds OR manages)';

CREATE FUNCTION larets.manageable() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = larets, pg_temp
AS 'SELECT collection FROM grants WHERE role = session_user AND manages';

CREATE FUNCTION larets.administers() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = larets, pg_temp
AS 'SELECT EXISTS (SELECT FROM people WHERE role = session_user AND administrator)';

ALTER TABLE larets.about ENABLE ROW LEVEL SECURITY;
ALTER TABLE larets.people ENABLE ROW LEVEL SECURITY;
ALTER TABLE larets.collections ENABLE ROW LEVEL SECURITY;
ALTER TABLE larets.grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE larets.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE larets.originals ENABLE ROW LEVEL SECURITY;
ALTER TABLE larets.passages ENABLE ROW LEVEL SECURITY;
ALTER TABLE larets.journal ENABLE ROW LEVEL SECURITY;

CREATE POLICY everybody ON larets.about FOR SELECT USING (true);
CREATE POLICY everybody ON larets.people FOR SELECT USING (true);
CREATE POLICY oneself ON larets.people FOR INSERT
    WITH CHECK (role = session_user AND NOT administrator);
CREATE POLICY members ON larets.collections FOR SELECT
    USING (id IN (SELECT larets.readable()));
CREATE POLICY managers_rename ON larets.collections FOR UPDATE
    USING (id IN (SELECT larets.manageable()));
CREATE POLICY own ON larets.grants FOR SELECT
    USING (role = session_user OR collection IN (SELECT larets.manageable()));
CREATE POLICY managers_give ON larets.grants FOR INSERT
    WITH CHECK (collection IN (SELECT larets.manageable()) AND giver = session_user);
CREATE POLICY managers_change ON larets.grants FOR UPDATE
    USING (collection IN (SELECT larets.manageable()))
    WITH CHECK (collection IN (SELECT larets.manageable()) AND giver = session_user);
CREATE POLICY managers_take ON larets.grants FOR DELETE
    USING (collection IN (SELECT larets.manageable()));
CREATE POLICY members ON larets.documents FOR SELECT
    USING (collection IN (SELECT larets.readable()));
CREATE POLICY adders_insert ON larets.documents FOR INSERT
    WITH CHECK (collection IN (SELECT larets.addable()));
CREATE POLICY adders_update ON larets.documents FOR UPDATE
    USING (collection IN (SELECT larets.addable()))
    WITH CHECK (collection IN (SELECT larets.addable()));
CREATE POLICY adders_delete ON larets.documents FOR DELETE
    USING (collection IN (SELECT larets.addable()));
CREATE POLICY members ON larets.originals FOR SELECT
    USING (collection IN (SELECT larets.readable()));
CREATE POLICY adders_insert ON larets.originals FOR INSERT
    WITH CHECK (collection IN (SELECT larets.addable()));
CREATE POLICY adders_delete ON larets.originals FOR DELETE
    USING (collection IN (SELECT larets.addable()));
CREATE POLICY members ON larets.passages FOR SELECT
    USING (collection IN (SELECT larets.readable()));
CREATE POLICY adders_insert ON larets.passages FOR INSERT
    WITH CHECK (collection IN (SELECT larets.addable()));
CREATE POLICY adders_delete ON larets.passages FOR DELETE
    USING (collection IN (SELECT larets.addable()));
CREATE POLICY own ON larets.journal FOR SELECT
    USING (role = session_user OR larets.administers()
           OR collection IN (SELECT larets.manageable()));
CREATE POLICY oneself ON larets.journal FOR INSERT WITH CHECK (role = session_user);

-- An original or a passage belongs to a document of the very collection that it says: a foreign
-- key cannot tell, since it is checked as the owner.
CREATE FUNCTION larets.belongs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM documents
                   WHERE id = NEW.document AND collection = NEW.collection) THEN
        RAISE foreign_key_violation USING MESSAGE = 'no such document in this collection';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER belongs BEFORE INSERT ON larets.originals
    FOR EACH ROW EXECUTE FUNCTION larets.belongs();

CREATE FUNCTION larets.forget_passages() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE part record;
BEGIN
    FOR part IN SELECT collection, array_agg(id) AS ids FROM gone GROUP BY collection LOOP
        DELETE FROM passages WHERE collection = part.collection AND document = ANY (part.ids);
        INSERT INTO journal (act, collection, subject)
        VALUES ('remove-documents', part.collection, cardinality(part.ids)::text);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_passages AFTER DELETE ON larets.documents
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION larets.forget_passages();

-- The journal ---------------------------------------------------------------------------------------

CREATE FUNCTION larets.note_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO journal (act, collection, subject) VALUES ('unshare', OLD.collection, OLD.role);
        RETURN OLD;
    END IF;
    INSERT INTO journal (act, collection, subject)
    VALUES ('share', NEW.collection, NEW.role || CASE WHEN NEW.manages THEN ' manages'
                                                      WHEN NEW.adds THEN ' adds'
                                                      ELSE ' reads' END);
    RETURN NEW;
END $$;
CREATE TRIGGER note_grant AFTER INSERT OR UPDATE OR DELETE ON larets.grants
    FOR EACH ROW EXECUTE FUNCTION larets.note_grant();

CREATE FUNCTION larets.note_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
BEGIN
    INSERT INTO journal (act, subject) VALUES ('join', NEW.role);
    RETURN NEW;
END $$;
CREATE TRIGGER note_person AFTER INSERT ON larets.people
    FOR EACH ROW EXECUTE FUNCTION larets.note_person();

-- Acts ----------------------------------------------------------------------------------------------

-- The partition of a collection, for who may: each function that runs as the owner begins with one.
CREATE FUNCTION larets.read_part(wanted text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = larets, pg_temp AS $$
BEGIN
    IF wanted NOT IN (SELECT readable()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'not a reader of this collection';
    END IF;
    RETURN (SELECT 'passages_' || number FROM collections WHERE id = wanted);
END $$;

CREATE FUNCTION larets.managed_part(wanted text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = larets, pg_temp AS $$
BEGIN
    IF wanted NOT IN (SELECT manageable()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only who manages a collection may';
    END IF;
    RETURN (SELECT 'passages_' || number FROM collections WHERE id = wanted);
END $$;

CREATE FUNCTION larets.make_indexes(wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, public, pg_temp AS $$
DECLARE part text := managed_part(wanted);
BEGIN
    EXECUTE format('CREATE INDEX %I ON larets.%I USING gin (words)', part || '_words', part);
    EXECUTE format('CREATE INDEX %I ON larets.%I USING hnsw '
                   '((vector::halfvec(%s)) halfvec_cosine_ops)', part || '_near', part,
                   (SELECT dimensions FROM collections WHERE id = wanted));
END $$;

-- A graph that is built over rows that are there takes a tenth of the time of one that grows.
CREATE FUNCTION larets.drop_indexes(wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE part text := managed_part(wanted);
BEGIN
    EXECUTE format('DROP INDEX IF EXISTS larets.%I, larets.%I', part || '_words', part || '_near');
END $$;

CREATE FUNCTION larets.create_collection(
    new_id text, new_name text, model text, dimensions integer, words boolean,
    sealed text, signature text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, public, pg_temp AS $$
DECLARE part text;
BEGIN
    IF NOT EXISTS (SELECT FROM people WHERE role = session_user) THEN
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

CREATE FUNCTION larets.drop_collection(wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE part text := managed_part(wanted);
BEGIN
    INSERT INTO journal (act, collection, subject)
    SELECT 'delete-collection', id, name FROM collections WHERE id = wanted;
    EXECUTE format('DROP TABLE larets.%I', part);
    DELETE FROM collections WHERE id = wanted;
END $$;

-- Passages that match, the best first: each term that one has counts its weight, as in BM25 with
-- every term once, less in a passage longer than `mean`. Stems that stand there often are left to
-- the reader, who has the text.
CREATE FUNCTION larets.by_words(
    wanted text, query tsquery, terms tsquery[], weights float8[], mean float8, most integer,
    within text[]
) RETURNS TABLE (id bigint, score float8)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE part text := read_part(wanted); sum_of_weights text;
BEGIN
    -- Written out: a subquery a row costs ten times as much.
    SELECT coalesce(string_agg(format('CASE WHEN p.words @@ %L::tsquery THEN %L::float8 ELSE 0 END',
                                      t.term, t.weight), ' + '), '0')
    INTO sum_of_weights FROM unnest(terms, weights) AS t(term, weight);
    RETURN QUERY EXECUTE format(
        'SELECT p.id, ((%s) * 2.2 / (1.3 + 0.9 * p.length / $2))::float8 AS score '
        'FROM larets.%I p WHERE p.words @@ $1 AND ($4 IS NULL OR p.document = ANY ($4)) '
        'ORDER BY 2 DESC, 1 LIMIT $3', sum_of_weights, part)
        USING query, mean, most, within;
END $$;

-- In how many passages each term stands, `most` at the most.
CREATE FUNCTION larets.word_counts(wanted text, terms tsquery[], most integer)
RETURNS integer[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE
    part text := read_part(wanted); term tsquery; found integer; counts integer[] := '{}';
BEGIN
    FOREACH term IN ARRAY terms LOOP
        EXECUTE format('SELECT count(*) FROM (SELECT FROM larets.%I WHERE words @@ $1 LIMIT $2) s',
                       part) INTO found USING term, most;
        counts := counts || found;
    END LOOP;
    RETURN counts;
END $$;

-- The queue -----------------------------------------------------------------------------------------

-- One waiting document of a person drawn by lot, so that a thousand files of one hold up nobody;
-- those of a worker that is gone wait again, three times at the most.
CREATE FUNCTION larets.claim(by_worker integer, by_model text, most integer)
RETURNS TABLE (id text, collection text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE person name; allowed text[];
BEGIN
    SELECT array_agg(c.id) INTO allowed FROM collections c
    WHERE c.model = by_model AND c.id IN (SELECT addable());
    FOR person IN
        WITH RECURSIVE people AS (
            (SELECT d.adder FROM documents d WHERE d.state = 'queued' ORDER BY d.adder LIMIT 1)
            UNION ALL
            SELECT (SELECT d.adder FROM documents d
                    WHERE d.state = 'queued' AND d.adder > p.adder ORDER BY d.adder LIMIT 1)
            FROM people p WHERE p.adder IS NOT NULL
        )
        SELECT p.adder FROM people p WHERE p.adder IS NOT NULL ORDER BY random()
    LOOP
        RETURN QUERY
            UPDATE documents d
            SET state = 'parsing', worker = by_worker, attempts = d.attempts + 1,
                stamp = nextval('stamps')
            FROM (SELECT w.id FROM documents w
                  WHERE w.state = 'queued' AND w.adder = person AND w.collection = ANY (allowed)
                  ORDER BY w.added, w.id LIMIT most FOR UPDATE SKIP LOCKED) chosen
            WHERE d.id = chosen.id
            RETURNING d.id, d.collection, d.sealed;
        IF FOUND THEN
            RETURN;
        END IF;
    END LOOP;
END $$;

-- A worker holds the advisory lock (1, its number) as long as its connection lives.
CREATE FUNCTION larets.take_back(own integer, most_attempts integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = larets, pg_temp AS $$
DECLARE gone integer; changed integer; total integer := 0;
BEGIN
    FOR gone IN SELECT DISTINCT d.worker FROM documents d
                WHERE d.state = 'parsing' AND d.worker <> own LOOP
        IF pg_try_advisory_xact_lock(1, gone) THEN
            UPDATE documents d
            SET state = CASE WHEN d.attempts >= most_attempts THEN 'failed' ELSE 'queued' END,
                worker = NULL, stamp = nextval('stamps')
            WHERE d.state = 'parsing' AND d.worker = gone;
            GET DIAGNOSTICS changed = ROW_COUNT;
            total := total + changed;
        END IF;
    END LOOP;
    RETURN total;
END $$;

CREATE SEQUENCE larets.workers AS integer CYCLE;

-- What belongs to every member ----------------------------------------------------------------------

GRANT USAGE ON SCHEMA larets TO larets_member;
GRANT USAGE ON SEQUENCE larets.stamps, larets.workers TO larets_member;
GRANT SELECT ON larets.about, larets.people, larets.collections, larets.grants, larets.documents,
    larets.originals, larets.passages, larets.journal TO larets_member;
GRANT INSERT (role, name, public_key, signing_key) ON larets.people TO larets_member;
GRANT UPDATE (name) ON larets.collections TO larets_member;
GRANT INSERT, UPDATE, DELETE ON larets.grants TO larets_member;
GRANT INSERT (id, collection, fingerprint, sealed, state, passages, size, container)
    ON larets.documents TO larets_member;
GRANT UPDATE (fingerprint, sealed, state, passages, size, stamp, worker, attempts)
    ON larets.documents TO larets_member;
GRANT DELETE ON larets.documents TO larets_member;
GRANT INSERT, DELETE ON larets.originals, larets.passages TO larets_member;
GRANT INSERT (act, collection, subject) ON larets.journal TO larets_member;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA larets FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA larets TO larets_member;
