-- The directory as people edit it.  Words are the glossary's; what GROUP, ORDER, FROM and WHERE
-- already mean in SQL is called call_group, position, since and place.  NULL and '' both say nothing.
-- A part's audience is its own, or (NULL) that of its entry.

CREATE TABLE migration (
  number int PRIMARY KEY,
  name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

CREATE DOMAIN key AS uuid
  CHECK (value <> '00000000-0000-0000-0000-000000000000');
CREATE DOMAIN audience AS text
  CHECK (value IN ('public', 'clinical', 'switchboard', 'restricted'));
CREATE DOMAIN entry_type AS text
  CHECK (value IN ('code', 'service', 'role', 'person', 'room', 'outside'));
CREATE DOMAIN contact_kind AS text
  CHECK (value IN ('extension', 'ddi', 'direct-line', 'red-phone', 'dect', 'mobile', 'pager', 'radio',
                   'satellite', 'fax', 'fax-server', 'secure-mail', 'mail'));
CREATE DOMAIN domain_kind AS text
  CHECK (value IN ('pbx', 'trunk', 'carrier', 'fax-server', 'paging', 'mail', 'power', 'data-centre',
                   'network'));
CREATE DOMAIN purposes AS text[]
  CHECK (value <@ ARRAY['any', 'urgent', 'routine', 'results', 'prescriptions', 'admissions']
         AND array_position(value, NULL) IS NULL);
CREATE DOMAIN directions AS text[]
  CHECK (value <@ ARRAY['inside', 'inbound', 'outbound'] AND array_position(value, NULL) IS NULL);
-- Records count seconds since the epoch, and zero is "not said".
CREATE DOMAIN instant AS timestamptz
  CHECK (value >= 'epoch'::timestamptz + interval '1 s' AND value < '9999-01-01 00:00+00');
CREATE DOMAIN wall_time AS timestamp
  CHECK (value = date_trunc('minute', value) AND value >= '1900-01-01' AND value < '9999-01-01');
CREATE DOMAIN e164 AS text
  CHECK (value ~ '^(\+[1-9][0-9]{1,14})?$');
CREATE DOMAIN rank AS int
  CHECK (value BETWEEN 0 AND 999);
CREATE DOMAIN amount AS bigint
  CHECK (value BETWEEN 0 AND 999999999999999);
CREATE DOMAIN words AS text
  CHECK (value <> '');

CREATE TABLE plan (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  code words NOT NULL UNIQUE,
  name text,
  country text,
  outside_prefix text,
  domain text,
  red boolean NOT NULL DEFAULT false
);

CREATE TABLE site (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  code words NOT NULL UNIQUE,
  name text,
  site_group text,
  zone text,
  country text,
  region text,
  plan text REFERENCES plan (code) ON UPDATE CASCADE,
  address text,
  switchboard key,
  switchboard_number text,
  rank rank NOT NULL DEFAULT 500
);
CREATE TABLE site_alias (
  site key NOT NULL REFERENCES site ON UPDATE CASCADE ON DELETE CASCADE,
  alias words NOT NULL,
  PRIMARY KEY (site, alias)
);

CREATE TABLE domain (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  code words NOT NULL UNIQUE CHECK (code !~ '[,\s]'),
  name text,
  kind domain_kind,
  site text REFERENCES site (code) ON UPDATE CASCADE,
  probe text
);
CREATE TABLE domain_needs (
  domain key NOT NULL REFERENCES domain ON UPDATE CASCADE ON DELETE CASCADE,
  needs text NOT NULL REFERENCES domain (code) ON UPDATE CASCADE,
  PRIMARY KEY (domain, needs)
);
CREATE INDEX ON domain_needs (needs);
ALTER TABLE plan ADD FOREIGN KEY (domain) REFERENCES domain (code)
  ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE plan_range (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan key NOT NULL REFERENCES plan ON UPDATE CASCADE ON DELETE CASCADE,
  low words NOT NULL,
  high words NOT NULL,
  ddi e164,
  label text,
  kind contact_kind,
  UNIQUE (plan, low, high),
  CHECK (length(low) = length(high) AND low COLLATE "C" <= high COLLATE "C")
);
CREATE TABLE tie (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan key NOT NULL REFERENCES plan ON UPDATE CASCADE ON DELETE CASCADE,
  to_plan text NOT NULL REFERENCES plan (code) ON UPDATE CASCADE ON DELETE CASCADE,
  prefix words NOT NULL,
  UNIQUE (plan, to_plan, prefix)
);
CREATE INDEX ON tie (to_plan);
CREATE TABLE tie_domain (
  tie bigint NOT NULL REFERENCES tie ON DELETE CASCADE,
  domain text NOT NULL REFERENCES domain (code) ON UPDATE CASCADE,
  PRIMARY KEY (tie, domain)
);
CREATE INDEX ON tie_domain (domain);

CREATE TABLE rule (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  site text REFERENCES site (code) ON UPDATE CASCADE,
  plan text REFERENCES plan (code) ON UPDATE CASCADE,
  kind contact_kind,
  low text,
  high text,
  position amount NOT NULL DEFAULT 0
);
CREATE TABLE rule_domain (
  rule key NOT NULL REFERENCES rule ON UPDATE CASCADE ON DELETE CASCADE,
  domain text NOT NULL REFERENCES domain (code) ON UPDATE CASCADE,
  PRIMARY KEY (rule, domain)
);
CREATE INDEX ON rule_domain (domain);

CREATE TABLE calendar (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  code words NOT NULL UNIQUE,
  name text,
  country text,
  region text
);
CREATE TABLE calendar_day (
  calendar key NOT NULL REFERENCES calendar ON UPDATE CASCADE ON DELETE CASCADE,
  day date NOT NULL CHECK (day BETWEEN '1900-01-01' AND '9998-12-31'),
  hours text,
  text text,
  PRIMARY KEY (calendar, day)
);

CREATE TABLE entry (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  type entry_type,
  name words NOT NULL,
  site text REFERENCES site (code) ON UPDATE CASCADE,
  unit text,
  building text,
  floor text,
  room text,
  rank rank NOT NULL DEFAULT 500,
  critical boolean NOT NULL DEFAULT false,
  call_if text,
  do_not_call_if text,
  purpose text,
  area text,
  title text,
  speciality text,
  pinned text[] NOT NULL DEFAULT '{}' CHECK (array_position(pinned, NULL) IS NULL)
);
CREATE INDEX ON entry (site);
ALTER TABLE site ADD FOREIGN KEY (switchboard) REFERENCES entry
  ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE entry_alias (
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  alias words NOT NULL,
  PRIMARY KEY (entry, alias)
);
CREATE TABLE entry_serves (
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  site text NOT NULL REFERENCES site (code) ON UPDATE CASCADE ON DELETE CASCADE,
  PRIMARY KEY (entry, site)
);
CREATE INDEX ON entry_serves (site);
CREATE TABLE former_name (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  name words NOT NULL,
  until instant
);
CREATE INDEX ON former_name (entry);
CREATE TABLE former_number (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  audience audience,
  number words NOT NULL,
  plan text REFERENCES plan (code) ON UPDATE CASCADE ON DELETE SET NULL,
  e164 e164,
  until instant,
  now text
);
CREATE INDEX ON former_number (entry);
-- Where an import found it: a key of an origin is one entry.
CREATE TABLE origin (
  system words NOT NULL,
  key words NOT NULL,
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  PRIMARY KEY (system, key)
);
CREATE INDEX ON origin (entry);

CREATE TABLE contact (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  audience audience,
  position rank NOT NULL DEFAULT 0,
  kind contact_kind,
  number words NOT NULL,
  plan text REFERENCES plan (code) ON UPDATE CASCADE,
  e164 e164,
  raw text,
  reason text,
  purposes purposes,
  label text,
  hours text,
  place text,
  how text,
  via key REFERENCES contact ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  replaces key REFERENCES contact ON UPDATE CASCADE ON DELETE SET NULL
    DEFERRABLE INITIALLY DEFERRED,
  replaces_number text,
  verified instant,
  verified_by text,
  verified_how text,
  since instant,
  until instant,
  check_number text,
  masked boolean NOT NULL DEFAULT false,
  pinned boolean NOT NULL DEFAULT false,
  CHECK (via <> uuid AND replaces <> uuid)
);
CREATE INDEX ON contact (entry);
CREATE INDEX ON contact (via) WHERE via IS NOT NULL;
CREATE INDEX ON contact (replaces) WHERE replaces IS NOT NULL;
CREATE TABLE contact_domain (
  contact key NOT NULL REFERENCES contact ON UPDATE CASCADE ON DELETE CASCADE,
  domain text NOT NULL REFERENCES domain (code) ON UPDATE CASCADE,
  PRIMARY KEY (contact, domain)
);
CREATE INDEX ON contact_domain (domain);

-- Whom a chain, a group or a scenario names cannot vanish from it: take it out there first.
CREATE TABLE chain_step (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  position rank NOT NULL,
  wait amount NOT NULL DEFAULT 0,
  next key REFERENCES entry ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  text text,
  CHECK (next IS NOT NULL OR text <> '')
);
CREATE INDEX ON chain_step (entry);
CREATE INDEX ON chain_step (next);
CREATE TABLE note (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  audience audience,
  at instant DEFAULT now(),
  until instant,
  by text,
  text words NOT NULL
);
CREATE INDEX ON note (entry);
CREATE TABLE override (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  audience audience,
  contact key REFERENCES contact ON UPDATE CASCADE ON DELETE CASCADE,
  number words NOT NULL,
  plan text REFERENCES plan (code) ON UPDATE CASCADE,
  e164 e164,
  kind contact_kind,
  at instant DEFAULT now(),
  until instant,
  by text,
  reason text
);
CREATE INDEX ON override (entry);
CREATE INDEX ON override (contact);
CREATE TABLE absence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  since instant,
  until instant,
  covered_by key REFERENCES entry ON UPDATE CASCADE ON DELETE SET NULL
    DEFERRABLE INITIALLY DEFERRED,
  text text,
  CHECK (until > since)
);
CREATE INDEX ON absence (entry);
CREATE INDEX ON absence (covered_by);

CREATE TABLE rota (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  role key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  week text NOT NULL CHECK (week ~ '^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$'),
  source text,
  made instant,
  UNIQUE (role, week, source, audience)
);
-- Without its holder a shift is no shift: the gap says NOBODY LISTED.
CREATE TABLE shift (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rota key NOT NULL REFERENCES rota ON UPDATE CASCADE ON DELETE CASCADE,
  since wall_time NOT NULL,
  until wall_time NOT NULL,
  line amount NOT NULL DEFAULT 0,
  holder key REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  text text,
  contact key REFERENCES contact ON UPDATE CASCADE ON DELETE SET NULL,
  number text,
  plan text REFERENCES plan (code) ON UPDATE CASCADE,
  e164 e164,
  at_home boolean NOT NULL DEFAULT false,
  travel amount NOT NULL DEFAULT 0,
  CHECK (until > since),
  CHECK (holder IS NOT NULL OR text <> '' OR number <> '' OR contact IS NOT NULL)
);
CREATE INDEX ON shift (rota);
CREATE INDEX ON shift (holder);
CREATE INDEX ON shift (contact);

CREATE TABLE incident (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  domain text NOT NULL REFERENCES domain (code) ON UPDATE CASCADE,
  directions directions NOT NULL,
  since instant NOT NULL DEFAULT now(),
  until instant,
  ended instant,
  reason text,
  by text,
  declared boolean NOT NULL DEFAULT true
);
CREATE INDEX ON incident (domain);

CREATE TABLE call_group (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  name words NOT NULL,
  site text REFERENCES site (code) ON UPDATE CASCADE,
  type text
);
CREATE TABLE member (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  call_group key NOT NULL REFERENCES call_group ON UPDATE CASCADE ON DELETE CASCADE,
  position rank NOT NULL,
  entry key REFERENCES entry ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  text text,
  CHECK (entry IS NOT NULL OR text <> '')
);
CREATE INDEX ON member (call_group);
CREATE INDEX ON member (entry);

CREATE TABLE scenario (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  domain text REFERENCES domain (code) ON UPDATE CASCADE,
  name words NOT NULL
);
CREATE TABLE scenario_step (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scenario key NOT NULL REFERENCES scenario ON UPDATE CASCADE ON DELETE CASCADE,
  position rank NOT NULL,
  text words NOT NULL,
  entry key REFERENCES entry ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ON scenario_step (scenario);
CREATE INDEX ON scenario_step (entry);

CREATE TABLE exercise (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  name words NOT NULL,
  since instant,
  until instant,
  ended instant,
  by text
);
CREATE TABLE exercise_terminal (
  exercise key NOT NULL REFERENCES exercise ON UPDATE CASCADE ON DELETE CASCADE,
  terminal words NOT NULL,
  PRIMARY KEY (exercise, terminal)
);
CREATE TABLE exercise_domain (
  exercise key NOT NULL REFERENCES exercise ON UPDATE CASCADE ON DELETE CASCADE,
  domain text NOT NULL REFERENCES domain (code) ON UPDATE CASCADE,
  PRIMARY KEY (exercise, domain)
);
CREATE INDEX ON exercise_domain (domain);

CREATE TABLE round (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  name words NOT NULL,
  type text,
  site text REFERENCES site (code) ON UPDATE CASCADE,
  since instant,
  until instant,
  every amount NOT NULL DEFAULT 0,
  call_group key REFERENCES call_group ON UPDATE CASCADE ON DELETE SET NULL
);
CREATE INDEX ON round (call_group);
CREATE TABLE round_result (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  round key NOT NULL REFERENCES round ON UPDATE CASCADE ON DELETE CASCADE,
  contact key NOT NULL REFERENCES contact ON UPDATE CASCADE ON DELETE CASCADE,
  at instant NOT NULL DEFAULT now(),
  result text,
  by text
);
CREATE INDEX ON round_result (round);
CREATE INDEX ON round_result (contact);

CREATE TABLE print (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  audience audience NOT NULL DEFAULT 'public',
  what words NOT NULL,
  place text,
  by text,
  at instant DEFAULT now(),
  until instant,
  revision amount NOT NULL DEFAULT 0
);
