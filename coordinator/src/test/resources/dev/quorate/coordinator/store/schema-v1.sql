CREATE TABLE envelope (
  round    TEXT NOT NULL REFERENCES round (id),
  digest   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  log_index INTEGER,
  body     BLOB NOT NULL,
  PRIMARY KEY (round, digest)
) STRICT;
INSERT INTO "envelope" VALUES('r-00000000000000000000000001','f9fb1810253db76adf405d2e25c3678063284c21776513c4396667f1797c6618','COMMITMENT',7,X'7B227061796C6F6164223A225A6D6C796333513D222C227061796C6F616454797065223A226170706C69636174696F6E2F766E642E696E2D746F746F2B6A736F6E222C227369676E617475726573223A5B7B22736967223A2241513D3D227D5D7D');
CREATE TABLE event (
  round    TEXT NOT NULL REFERENCES round (id),
  number   INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "event" VALUES('r-00000000000000000000000001',1,'{"at":"2026-11-23T10:00:00.123456789Z","builders":["b1","b2"],"commitWithin":7200,"event":"opened","filed":{"envelope":"2b3fdf05c4dda454998927370bf2cf20b0c17bcf1e3d3f294a550e341033ed61","index":0},"lease":30,"revealWithin":600,"round":"r-00000000000000000000000001","spec":"sha256:d4f02eaafd1a9e9de7d10972ca8e47fa7a985825c3c9c1e249c72683cb3e4f19","threshold":2}');
CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO "flyway_schema_history" VALUES(1,'1','rounds','SQL','V1__rounds.sql',-1591959103,'','2026-11-23 19:54:16.734',17,1);
CREATE TABLE round (
  id       TEXT PRIMARY KEY,
  spec     TEXT NOT NULL,
  ordinal  INTEGER NOT NULL UNIQUE,
  phase    TEXT NOT NULL
) STRICT;
INSERT INTO "round" VALUES('r-00000000000000000000000001','sha256:d4f02eaafd1a9e9de7d10972ca8e47fa7a985825c3c9c1e249c72683cb3e4f19',1,'DISPATCHED');
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX round_by_spec ON round (spec, phase);
