-- The invariants of the record: every query must return no row after every commit.
-- A query is one statement that ends in ';'. The line above it that starts with '-- I' is its name
-- and what it says; a '--   breaks on:' line is a corruption of a good database that it must catch,
-- and tests/moderation/test_invariants.py applies each one.

-- I01 every record of a page is accounted for
--   breaks on: UPDATE ingest_page SET n_records = n_records + 1
SELECT p.id FROM ingest_page p WHERE p.n_records <> p.n_new + p.n_seen_before + p.n_changed + p.n_quarantined;

-- I02 the counts of a page match its rows
--   breaks on: UPDATE ingest_page SET n_new = n_new + 1, n_records = n_records + 1
SELECT p.id FROM ingest_page p WHERE p.n_new <> (SELECT count(*) FROM item_version v WHERE v.page_id = p.id AND v.seq = 1) OR p.n_quarantined <> (SELECT count(*) FROM quarantine q WHERE q.page_id = p.id);

-- I03 no gap in the pages of a feed, and no cursor ahead of its pages
--   breaks on: UPDATE feed_cursor SET page_no = page_no + 1
SELECT f.account_id, f.feed FROM feed_cursor f WHERE f.page_no <> (SELECT count(*) FROM ingest_page p WHERE p.account_id = f.account_id AND p.feed = f.feed);

-- I04 every item has a first version
--   breaks on: UPDATE item_version SET kind = 'edited' WHERE seq = 1
SELECT i.id FROM item i WHERE NOT EXISTS (SELECT 1 FROM item_version v WHERE v.item_id = i.id AND v.seq = 1 AND v.kind = 'created');

-- I05 the versions of an item have no gap, and the item knows its latest
--   breaks on: UPDATE item SET version = version + 1
SELECT i.id FROM item i JOIN item_version v ON v.item_id = i.id GROUP BY i.id, i.version HAVING max(v.seq) <> count(*) OR max(v.seq) <> i.version;

-- I06 every version with words has a proposal, or a job that will give one
--   breaks on: DELETE FROM job WHERE kind = 'classify'
SELECT v.item_id, v.seq FROM item_version v WHERE v.kind <> 'deleted' AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.item_id = v.item_id AND p.version_seq = v.seq) AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'classify' AND j.ref = CAST(v.page_id AS TEXT) AND j.state IN ('ready', 'leased', 'dead'));

-- I07 a flagged version has an evidence record
--   breaks on: DELETE FROM evidence_record
SELECT p.item_id, p.version_seq FROM proposal p WHERE p.outcome = 'flag' AND NOT EXISTS (SELECT 1 FROM evidence_record e WHERE e.item_id = p.item_id AND e.version_seq = p.version_seq);

-- I08 captured evidence has its hash, size, place and time
--   breaks on: UPDATE evidence_record SET sha256 = NULL
SELECT id FROM evidence_record WHERE state = 'captured' AND (sha256 IS NULL OR length(sha256) <> 64 OR size IS NULL OR path IS NULL OR captured_at IS NULL);

-- I09 wanted evidence has a job that will capture it
--   breaks on: UPDATE evidence_record SET state = 'wanted', sha256 = NULL
SELECT e.id FROM evidence_record e WHERE e.state = 'wanted' AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'capture' AND j.ref = CAST(e.id AS TEXT) AND j.state IN ('ready', 'leased', 'dead'));

-- I10 nothing is taken down or reported before its evidence
--   breaks on: UPDATE evidence_record SET captured_at = captured_at + 9999999999
SELECT a.id FROM platform_action a WHERE a.kind NOT IN ('unhide', 'unblock') AND a.first_sent_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence_record e WHERE e.id = a.evidence_id AND e.item_id = a.item_id AND e.state = 'captured' AND e.captured_at <= a.first_sent_at);

-- I11 an open action has a job
--   breaks on: UPDATE platform_action SET state = 'planned'
SELECT a.id FROM platform_action a WHERE a.state IN ('planned', 'sent') AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'act' AND j.ref = CAST(a.id AS TEXT) AND j.state IN ('ready', 'leased', 'dead'));

-- I12 what was sent was recorded as an attempt before
--   breaks on: DELETE FROM action_attempt
SELECT a.id FROM platform_action a WHERE a.first_sent_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM action_attempt t WHERE t.action_id = a.id);

-- I13 no further attempt after one that is known to have worked
--   breaks on: INSERT INTO action_attempt (action_id, n, fence, at, outcome) SELECT id, 99, 99, 1, 'ok' FROM platform_action
SELECT t.action_id FROM action_attempt t JOIN action_attempt o ON o.action_id = t.action_id AND o.outcome = 'ok' AND o.n < t.n;

-- I14 a sent action says when; a verified one says when it was seen, and not before it was sent
--   breaks on: UPDATE platform_action SET first_sent_at = NULL
SELECT id FROM platform_action WHERE (state IN ('sent', 'verified', 'accepted') AND first_sent_at IS NULL) OR (state = 'verified' AND (verified_at IS NULL OR verified_at < first_sent_at));

-- I15 at most one open action of a kind for an item
--   breaks on: INSERT INTO platform_action (org_id, item_id, decision_id, evidence_id, kind, generation, state, reason, requested_by, requested_at, says, form_id) SELECT org_id, item_id, decision_id, evidence_id, kind, generation + 1, 'planned', reason, requested_by, requested_at, '', form_id || 'x' FROM platform_action UNION ALL SELECT org_id, item_id, decision_id, evidence_id, kind, generation + 2, 'planned', reason, requested_by, requested_at, '', form_id || 'y' FROM platform_action
SELECT item_id, kind FROM platform_action WHERE state IN ('proposed', 'planned', 'sent') GROUP BY item_id, kind HAVING count(*) > 1;

-- I16 every HR case told somebody
--   breaks on: DELETE FROM alert WHERE rule = 'CASE'
SELECT c.id FROM hr_case c WHERE NOT EXISTS (SELECT 1 FROM alert a WHERE a.about = 'case:' || CAST(c.id AS TEXT));

-- I17 an alert that waits has a job
--   breaks on: UPDATE alert SET state = 'wanted'
SELECT a.id FROM alert a WHERE a.state = 'wanted' AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind IN ('alert', 'summary_mail') AND j.ref = CAST(a.id AS TEXT) AND j.state IN ('ready', 'leased', 'dead'));

-- I18 items of a case belong to its organisation
--   breaks on: UPDATE hr_case SET org_id = 'elsewhere'
SELECT c.id FROM hr_case c JOIN case_item ci ON ci.case_id = c.id JOIN item i ON i.id = ci.item_id WHERE i.org_id <> c.org_id;

-- I19 a leased job has an owner and an end, attempts stay inside their limit, done has a time
--   breaks on: UPDATE job SET state = 'leased'
SELECT id FROM job WHERE (state = 'leased') <> (lease_until IS NOT NULL AND lease_owner IS NOT NULL) OR attempts < 0 OR attempts > max_attempts OR fence < attempts OR (state = 'done' AND done_at IS NULL);

-- I20 every line of the audit chain follows the one before it
--   breaks on: UPDATE audit_entry SET line_hash = 'changed' WHERE seq = 1
SELECT a.seq FROM audit_entry a LEFT JOIN audit_entry p ON p.seq = a.seq - 1 WHERE (a.seq > 1 AND (p.seq IS NULL OR p.line_hash <> a.prev_hash)) OR (a.seq = 1 AND a.prev_hash <> '0000000000000000000000000000000000000000000000000000000000000000') OR a.seq < 1;

-- I21 no platform action without a person's decision on the same item, made before it was sent
--   breaks on: UPDATE decision SET at = at + 9999999999
SELECT a.id FROM platform_action a LEFT JOIN decision d ON d.id = a.decision_id WHERE d.id IS NULL OR d.item_id <> a.item_id OR (a.first_sent_at IS NOT NULL AND d.at > a.first_sent_at);

-- I22 nothing is clear without a score: what could not be read goes to a person
--   breaks on: DELETE FROM signal
SELECT p.item_id, p.version_seq FROM proposal p WHERE p.outcome = 'clear' AND NOT EXISTS (SELECT 1 FROM signal s WHERE s.item_id = p.item_id AND s.version_seq = p.version_seq AND s.scores IS NOT NULL);

-- I23 every line of the audit chain has its body, or the mark that it was erased
--   breaks on: DELETE FROM audit_body WHERE seq = 1
SELECT a.seq FROM audit_entry a LEFT JOIN audit_body b ON b.seq = a.seq WHERE b.seq IS NULL OR (b.body IS NULL AND b.erased_at IS NULL);

-- I24 the head of the audit chain is its last line
--   breaks on: UPDATE audit_head SET seq = seq + 1
SELECT h.id FROM audit_head h WHERE h.seq <> COALESCE((SELECT max(seq) FROM audit_entry), 0);

-- I25 the queue holds what waits, and only that
--   breaks on: UPDATE item SET queue_rank = NULL
SELECT i.id FROM item i WHERE (i.state IN ('review', 'in_hand')) <> (i.queue_rank IS NOT NULL);

-- I26 a contact that staff logged belongs to a case, so that somebody can see it
--   breaks on: DELETE FROM case_item
SELECT i.id FROM item i WHERE i.restricted AND NOT EXISTS (SELECT 1 FROM case_item c WHERE c.item_id = i.id);

-- I27 nothing decided to be no abuse is hidden, deleted or blocked
--   breaks on: UPDATE decision SET outcome = 'not_abuse'
SELECT a.id FROM platform_action a JOIN decision d ON d.id = a.decision_id WHERE a.kind IN ('hide', 'delete', 'block') AND d.outcome = 'not_abuse';

-- I28 every case has a member who may see it
--   breaks on: DELETE FROM case_member
SELECT c.id FROM hr_case c WHERE NOT EXISTS (SELECT 1 FROM case_member m WHERE m.case_id = c.id AND NOT m.barred);

-- I29 an erased version holds no words, and neither does what was said of it
--   breaks on: UPDATE signal SET read_as = 'words' WHERE item_id IN (SELECT item_id FROM item_version WHERE erased_at IS NOT NULL)
SELECT v.item_id, v.seq FROM item_version v LEFT JOIN signal s ON s.item_id = v.item_id AND s.version_seq = v.seq LEFT JOIN proposal p ON p.item_id = v.item_id AND p.version_seq = v.seq WHERE v.erased_at IS NOT NULL AND (v.body IS NOT NULL OR length(v.raw) > 0 OR s.read_as IS NOT NULL OR CAST(s.words AS TEXT) <> '[]' OR CAST(p.reasons AS TEXT) <> '[]');

-- I30 nothing is erased while a hold is on it or on its case
--   breaks on: INSERT INTO legal_hold (org_id, item_id, reason, note, begun_by, began_at, review_on, end_reason, form_id) SELECT i.org_id, i.id, 'claim', '', 'user:1', 1, '2026-11-20', '', 'held' FROM item i WHERE i.id = (SELECT min(item_id) FROM item_version WHERE erased_at IS NOT NULL)
SELECT v.item_id, v.seq FROM item_version v WHERE v.erased_at IS NOT NULL AND EXISTS (SELECT 1 FROM legal_hold h WHERE (h.item_id = v.item_id OR h.case_id IN (SELECT c.case_id FROM case_item c WHERE c.item_id = v.item_id)) AND h.began_at <= v.erased_at AND (h.ended_at IS NULL OR h.ended_at > v.erased_at));

-- I31 what is before people, or still to be read, has its words
--   breaks on: UPDATE item SET state = 'review', queue_rank = 1 WHERE id IN (SELECT item_id FROM item_version WHERE erased_at IS NOT NULL)
SELECT i.id FROM item i JOIN item_version v ON v.item_id = i.id AND v.seq = i.version WHERE i.state IN ('new', 'review', 'in_hand') AND v.erased_at IS NOT NULL;

-- I32 a case goes by the word of two different people
--   breaks on: UPDATE erasure SET second_by = first_by
SELECT e.id FROM erasure e WHERE e.done_at IS NOT NULL AND e.klass IN ('G4', 'G5', 'G6', 'G7') AND (e.first_by IS NULL OR e.second_by IS NULL OR e.first_by = e.second_by);

-- I33 an action that waits for its evidence does not wait once that is captured
--   breaks on: UPDATE action_on_capture SET settled_at = NULL
SELECT a.id FROM action_on_capture a JOIN evidence_record e ON e.id = a.evidence_id WHERE a.settled_at IS NULL AND e.state = 'captured';

-- I34 what came of such an action is what was asked for, by the same person, or says why not
--   breaks on: UPDATE action_on_capture SET kind = 'unblock'
SELECT a.id FROM action_on_capture a LEFT JOIN platform_action p ON p.id = a.action_id WHERE (a.action_id IS NOT NULL AND (p.id IS NULL OR p.kind <> a.kind OR p.form_id <> a.form_id OR p.evidence_id <> a.evidence_id OR p.requested_by <> a.requested_by)) OR (a.settled_at IS NOT NULL AND a.action_id IS NULL AND a.says = '') OR (a.settled_at IS NULL AND (a.action_id IS NOT NULL OR a.done_by IS NOT NULL));

-- I35 an addition has its hashes, and stands beside a record of the same item
--   breaks on: UPDATE evidence_addition SET file_sha256 = ''
SELECT a.id FROM evidence_addition a WHERE length(a.sha256) <> 64 OR length(a.file_sha256) <> 64 OR NOT EXISTS (SELECT 1 FROM evidence_record e WHERE e.item_id = a.item_id);
