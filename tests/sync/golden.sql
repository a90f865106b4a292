-- The golden records of tests/data/records as rows of the source.  Run in a transaction that is
-- rolled back; prints "name hex" for each.
SET search_path = tocsin;
SET TimeZone = 'America/Guadeloupe'; -- whatever the session's zone, records count seconds
SET DateStyle = 'German';
SET IntervalStyle = 'sql_standard';

CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS
  $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.at(n bigint) RETURNS timestamptz LANGUAGE sql AS
  $$ SELECT to_timestamp(n) $$;
CREATE FUNCTION pg_temp.show(name text, kind text) RETURNS TABLE (line text) LANGUAGE sql AS
  $$ SELECT name || ' ' || encode(record, 'hex') FROM tocsin.parts(kind, pg_temp.id(1)) $$;

INSERT INTO plan (code) VALUES ('RIV'), ('RED');
INSERT INTO site (code) VALUES ('MTB'), ('RIV');
INSERT INTO domain (code) VALUES ('dc-nord'), ('power-sab'), ('power-alma'), ('tie-nord'),
  ('carrier-orange');

-- site, plan and domain name each other
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO plan (uuid, code, name, country, outside_prefix, domain, red)
  VALUES (pg_temp.id(1), 'SAB', 'Autocom Saint-Aubin', 'FR', '0', 'pbx-sab', true);
INSERT INTO plan_range (plan, low, high, ddi, kind, label) VALUES
  (pg_temp.id(1), '7700', '7799', NULL, 'red-phone', ''),
  (pg_temp.id(1), '4000', '4999', '+33199004000', 'extension', 'pneumologie');
INSERT INTO tie (plan, to_plan, prefix) VALUES (pg_temp.id(1), 'RIV', '81');
INSERT INTO tie_domain SELECT id, 'tie-nord' FROM tie;
INSERT INTO site (uuid, code, name, site_group, zone, country, region, plan, address, switchboard,
                  switchboard_number, rank)
  VALUES (pg_temp.id(1), 'SAB', 'Saint-Aubin', 'Groupe Nord', 'Europe/Paris', 'FR', 'metropole',
          'SAB', '1 rue de la Fiction', pg_temp.id(2), '9', 1);
INSERT INTO site_alias VALUES (pg_temp.id(1), 'Hôpital Saint-Aubin');
INSERT INTO domain (uuid, code, name, kind, site, probe)
  VALUES (pg_temp.id(1), 'pbx-sab', 'Autocom Saint-Aubin', 'pbx', 'SAB', 'tcp:pbx.invalid:5060');
INSERT INTO domain_needs VALUES (pg_temp.id(1), 'power-sab'), (pg_temp.id(1), 'dc-nord');
SELECT pg_temp.show('site', 'site');
SELECT pg_temp.show('plan', 'plan');
SELECT pg_temp.show('domain', 'domain');

INSERT INTO rule (uuid, site, plan, kind, low, high, position)
  VALUES (pg_temp.id(1), 'SAB', 'SAB', 'extension', '4000', '4999', 10);
INSERT INTO rule_domain VALUES (pg_temp.id(1), 'pbx-sab');
SELECT pg_temp.show('rule', 'rule');

INSERT INTO calendar (uuid, code, name, country, region)
  VALUES (pg_temp.id(1), 'FR-67', 'Alsace-Moselle', 'FR', 'alsace-moselle');
INSERT INTO calendar_day VALUES (pg_temp.id(1), DATE '2026-12-26', NULL, 'Saint-Étienne'),
  (pg_temp.id(1), DATE '2026-12-24', '08:00-12:00', 'Réveillon');
SELECT pg_temp.show('calendar', 'calendar');

-- entries: all with the same UUID, one after the other
INSERT INTO entry (uuid, name) VALUES (pg_temp.id(2), 'b'), (pg_temp.id(3), 'c');
INSERT INTO entry (uuid, type, name, site, unit, building, floor, rank, critical)
  VALUES (pg_temp.id(1), 'service', 'Réanimation chirurgicale', 'SAB', 'Pôle A / Réanimation',
          'Pav. Alma', '2e', 100, true);
INSERT INTO entry_alias VALUES (pg_temp.id(1), 'réa chir'), (pg_temp.id(1), 'RCH');
INSERT INTO origin VALUES ('rh-2026', '4711', pg_temp.id(1));
INSERT INTO contact (uuid, entry, position, kind, number, plan, e164, raw)
  VALUES (pg_temp.id(2), pg_temp.id(1), 0, 'ddi', '7731', 'SAB', '+33199005231', NULL);
INSERT INTO contact_domain VALUES (pg_temp.id(2), 'pbx-sab');
INSERT INTO contact (uuid, entry, position, kind, number, e164, purposes, place, verified)
  VALUES (pg_temp.id(3), pg_temp.id(1), 1, 'fax', '0199005240', '+33199005240',
          '{prescriptions,results}', 'couloir, porte 12', pg_temp.at(1759399200));
INSERT INTO contact (uuid, entry, audience, position, kind, number)
  VALUES (pg_temp.id(4), pg_temp.id(1), 'switchboard', 2, 'mobile', '0639980002');
INSERT INTO chain_step (entry, position, wait, next, text)
  VALUES (pg_temp.id(1), 0, 120, pg_temp.id(2), 'cadre de nuit'),
         (pg_temp.id(1), 1, 0, NULL, 'standard');
SELECT line FROM pg_temp.show('entry-service', 'entry')
 WHERE line LIKE '% ' || encode(E'tocsin1\tentry\tpublic', 'hex') || '%';
DELETE FROM entry WHERE uuid = pg_temp.id(1);

INSERT INTO entry (uuid, type, name, site, rank, critical, purpose, area)
  VALUES (pg_temp.id(1), 'code', 'Arrêt cardiaque', 'SAB', 1, true, 'arrêt cardiaque adulte', 'SAB');
INSERT INTO entry_alias VALUES (pg_temp.id(1), 'crash');
INSERT INTO contact (uuid, entry, position, kind, number, plan)
  VALUES (pg_temp.id(2), pg_temp.id(1), 0, 'extension', '2222', 'SAB'),
         (pg_temp.id(3), pg_temp.id(1), 1, 'red-phone', '7700', 'RED');
SELECT pg_temp.show('entry-code', 'entry');
DELETE FROM entry WHERE uuid = pg_temp.id(1);

INSERT INTO entry (uuid, audience, type, name, site, title, speciality)
  VALUES (pg_temp.id(1), 'switchboard', 'person', 'Exemple, Nadia', 'SAB', 'Dr', 'chirurgie');
INSERT INTO contact (uuid, entry, kind, number, e164, masked)
  VALUES (pg_temp.id(2), pg_temp.id(1), 'mobile', '0639981234', '+33639981234', true);
INSERT INTO contact_domain VALUES (pg_temp.id(2), 'carrier-orange');
INSERT INTO absence (uuid, entry, at, by, since, until, covered_by, text)
  VALUES (pg_temp.id(4), pg_temp.id(1), pg_temp.at(1795400000), 'DM', pg_temp.at(1795500000), pg_temp.at(1796000000), pg_temp.id(3), 'congés');
SELECT pg_temp.show('entry-person', 'entry');
DELETE FROM entry WHERE uuid = pg_temp.id(1);

INSERT INTO entry (uuid, type, name, site, unit, building, floor, room, rank, critical, call_if,
                   do_not_call_if, purpose, area, title, speciality, pinned)
  VALUES (pg_temp.id(1), 'role', 'Interne de garde', 'SAB', 'U', 'B', '1', '101', 7, true,
          'patient instable', 'demande de lit', 'y', 'x', 't', 's', '{name}');
INSERT INTO entry_alias VALUES (pg_temp.id(1), 'a');
INSERT INTO entry_serves VALUES (pg_temp.id(1), 'RIV'), (pg_temp.id(1), 'MTB');
INSERT INTO absence (uuid, entry, text) VALUES (NULL, pg_temp.id(1), 'x'), (NULL, pg_temp.id(1), 'x');
INSERT INTO former_name (entry, name, until)
  VALUES (pg_temp.id(1), 'Ancien nom', pg_temp.at(1700000000));
INSERT INTO former_number (entry, number, plan, e164, until, now)
  VALUES (pg_temp.id(1), '4409', 'SAB', '+33199004409', pg_temp.at(1746230400), '4410');
INSERT INTO origin VALUES ('o', 'k', pg_temp.id(1));
INSERT INTO chain_step (entry, position, text) VALUES (pg_temp.id(1), 0, 'z');
INSERT INTO contact (uuid, entry, audience, number)
  VALUES (pg_temp.id(3), pg_temp.id(1), 'restricted', '1'),
         (pg_temp.id(4), pg_temp.id(1), 'restricted', '2');
INSERT INTO contact (uuid, entry, position, kind, number, plan, e164, raw, reason, purposes, label,
                     hours, place, how, via, replaces, replaces_number, verified, verified_by,
                     verified_how, since, until, check_number, masked, pinned)
  VALUES (pg_temp.id(2), pg_temp.id(1), 0, 'fax-server', '4410', 'SAB', '+33199004410',
          '44 10 (nuit)', 'letters', '{admissions,urgent}', 'nuit', 'mo-fr 08:00-18:30', 'porte 2',
          'dial 81, wait, code, call-back, #', pg_temp.id(3), pg_temp.id(3), '4409',
          pg_temp.at(1700000000), 'NE', 'call', pg_temp.at(1700000000), pg_temp.at(1800000000),
          '4411', true, true);
INSERT INTO contact_domain VALUES (pg_temp.id(2), 'power-alma'), (pg_temp.id(2), 'pbx-sab');
INSERT INTO note (uuid, entry, at, until, by, text)
  VALUES (pg_temp.id(2), pg_temp.id(1), pg_temp.at(1700000000), pg_temp.at(1700003600), 'NE',
          E'à rappeler\nsans faute');
INSERT INTO override (uuid, entry, contact, number, e164, kind, at, until, by, reason)
  VALUES (pg_temp.id(3), pg_temp.id(1), pg_temp.id(2), '0639980001', '+33639980001', 'mobile',
          pg_temp.at(1700000000), pg_temp.at(1700003600), 'NE', 'travaux');
SELECT line FROM pg_temp.show('entry-all', 'entry')
 WHERE line LIKE '% ' || encode(E'tocsin1\tentry\tpublic', 'hex') || '%';

INSERT INTO rota (uuid, role, week, source, made)
  VALUES (pg_temp.id(1), pg_temp.id(2), '2026-W48', 'gardes chirurgie', pg_temp.at(1795000000));
INSERT INTO shift (rota, since, until, line, holder, text, contact, number, plan, e164)
  VALUES (pg_temp.id(1), TIMESTAMP '2026-11-23 08:30', TIMESTAMP '2026-11-24 08:30', 1,
          pg_temp.id(3), 'Dr N. Exemple', pg_temp.id(2), '0639981234', 'SAB', '+33639981234');
INSERT INTO shift (rota, since, until, line, text, at_home, travel)
  VALUES (pg_temp.id(1), TIMESTAMP '2026-11-24 18:30', TIMESTAMP '2026-11-25 08:30', 2, 'Dr X', true,
          20);
SELECT pg_temp.show('rota', 'rota');

INSERT INTO incident (uuid, domain, directions, since, until, ended, reason, by)
  VALUES (pg_temp.id(1), 'pbx-sab', '{inbound,inside}', pg_temp.at(1795680840),
          pg_temp.at(1795724040), pg_temp.at(1795700000), 'onduleur', 'standard');
SELECT pg_temp.show('incident', 'incident');

INSERT INTO call_group (uuid, name, site, type) VALUES
  (pg_temp.id(1), 'Cellule de crise', 'SAB', 'crisis cell'), (pg_temp.id(2), 'x', NULL, NULL);
INSERT INTO member (call_group, position, entry, text)
  VALUES (pg_temp.id(1), 1, pg_temp.id(3), NULL),
         (pg_temp.id(1), 0, pg_temp.id(2), 'directeur de garde');
SELECT pg_temp.show('group', 'group');

INSERT INTO scenario (uuid, domain, name) VALUES (pg_temp.id(1), 'pbx-sab', 'Autocom perdu');
INSERT INTO scenario_step (scenario, position, text, entry)
  VALUES (pg_temp.id(1), 1, 'Afficher le tableau', NULL),
         (pg_temp.id(1), 0, 'Prendre le téléphone rouge', pg_temp.id(2));
SELECT pg_temp.show('scenario', 'scenario');

INSERT INTO exercise (uuid, audience, name, since, until, ended, by, broken, known)
  VALUES (pg_temp.id(1), 'public', 'Exercice blanc', pg_temp.at(1795680840), pg_temp.at(1795695240),
          pg_temp.at(1795690000), 'NE', 'pbx-sab', '{?AAAAAAAAAAAAAAAAAAAAAg}');
INSERT INTO exercise_terminal VALUES (pg_temp.id(1), 'term-1');
INSERT INTO exercise_domain VALUES (pg_temp.id(1), 'pbx-sab');
SELECT pg_temp.show('exercise', 'exercise');

INSERT INTO round (uuid, name, type, site, since, until, every, call_group)
  VALUES (pg_temp.id(1), 'Ronde des rouges', 'red phones', 'SAB', pg_temp.at(1795680840),
          pg_temp.at(1795695240), 2592000, pg_temp.id(2));
INSERT INTO round_result (round, contact, at, result, by)
  VALUES (pg_temp.id(1), pg_temp.id(3), pg_temp.at(1795680900), 'ok', 'NE');
SELECT pg_temp.show('round', 'round');

INSERT INTO print (uuid, what, place, by, at, until, revision)
  VALUES (pg_temp.id(1), 'board SAB', 'poste de soins 2', 'NE', pg_temp.at(1795680840),
          pg_temp.at(1796285640), 12);
SELECT pg_temp.show('print', 'print');
