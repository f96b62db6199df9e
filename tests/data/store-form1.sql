-- A store of form 1: one run that a doubt has stopped.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES('store_id','eddb472bded15ee0');
CREATE TABLE definitions (digest TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO definitions VALUES('c4a179ef35a3f76e2d89dc3ad12a4dadc45332b32b2211ef2bc893ff9a9071ab','desk','1','{"handrail":1,"name":"desk","plan":[{"id":"a","tool":"say","with":{"n":"1"}},{"id":"b","tool":"write"}],"tools":{"say":{"command":["/bin/echo","{n}"],"effect":"read"},"write":{"command":["/bin/false"],"effect":"write_blind"}},"version":"1"}');
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL,
  attempt INTEGER NOT NULL, event TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL);
INSERT INTO journal VALUES(1,1795532449936,'m27cwp46ja','',0,'run_started','{"agent":"desk","definition":"c4a179ef35a3f76e2d89dc3ad12a4dadc45332b32b2211ef2bc893ff9a9071ab","input":{},"steps":["a","b"],"user":"ann","version":"1"}','f8b2053c5d88f7cd8695037c6620960fd8d48870b7fbd9c31130ac215daae798');
INSERT INTO journal VALUES(2,1795532449936,'m27cwp46ja','a',0,'step_prepared','{"arguments":{"n":"1"},"cleared":true,"records":[{"n":"1"}]}','fa0021944c3834fc3656f87afaebc293642de4ef245f68b10e88a2b9b091f81a');
INSERT INTO journal VALUES(3,1795532449936,'m27cwp46ja','a',0,'intent','{"params":{"n":"1"},"purpose":"act","record":0,"tool":"say"}','7673f2b2d94548a4dabbd8f07f0fd64e2eb390357f3c68640eee2ead6b7c6095');
INSERT INTO journal VALUES(4,1795532449936,'m27cwp46ja','a',1,'dispatched','{"limit_ms":30000,"purpose":"act"}','45d10f8503e2e9ecadf3e02e785e1c5400a61f5e6db9c8669424e1573691e535');
INSERT INTO journal VALUES(5,1795532449938,'m27cwp46ja','a',1,'answered','{"code":"","note":"","phase":"answered","purpose":"act","result":{"text":"1\n"},"took_ms":1}','a5d157e103b3f22c60ebf46a663b9ceb375c2711156329f5833612661057bac6');
INSERT INTO journal VALUES(6,1795532449938,'m27cwp46ja','a',1,'judged','{"purpose":"act","verdict":"done"}','364188412f726a96feb25a258c98d003b3cca81be46b0ee4ea9ae7096356788c');
INSERT INTO journal VALUES(7,1795532449938,'m27cwp46ja','a',0,'step_done','{"fingerprint":"f4795fa067352c08fa10d487c35883f83def42cd6309ad4618a47a2e6e9be929","records":false}','3887b5bdb512030e4ae55add2f281388453a7c5646f3c592b3c770d81b2a10ce');
INSERT INTO journal VALUES(8,1795532449938,'m27cwp46ja','b',0,'step_prepared','{"arguments":{},"cleared":true,"records":[{}]}','8324948ff6bf17f66abbed433238a9dc14a6b58b2d7d8fea160e041dcda9ece1');
INSERT INTO journal VALUES(9,1795532449938,'m27cwp46ja','b',0,'intent','{"digest":"c300158a51ced3fd7b268e82512c615bb59d36b8044e7c007d8cc291419d5962","key":"24a686c6ce503f75f8dd86b16171bd1f359fdb954fe5b1f7e146654b4c0b7373","params":{},"purpose":"act","record":0,"tool":"write"}','1090373a30c26d50e981c123b8706d418befd0ccf63262616ea97125ccb4ba60');
INSERT INTO journal VALUES(10,1795532449938,'m27cwp46ja','b',1,'dispatched','{"limit_ms":30000,"purpose":"act"}','c0d57d203ddb0980160f7a75090e042541502027d992da9bd6215dd797cf4a06');
INSERT INTO journal VALUES(11,1795532449939,'m27cwp46ja','b',1,'answered','{"code":"T611","message":"The command ended with status 1.","note":"The command ended with status 1.","phase":"answered","purpose":"act","status":1,"took_ms":1}','ebe7d2b4e45fcf5931fa9b1637cf8b53295000c6789b05699a075a3d6ff4fe6b');
INSERT INTO journal VALUES(12,1795532449939,'m27cwp46ja','b',1,'judged','{"code":"T611","purpose":"act","row":"T611","verdict":"unknown","why":"The request may have been carried out: it is not sent again before that is known."}','c44273d112b03811d6730604dd151649e2f278795a5d387b23fef184e60c0cd0');
INSERT INTO journal VALUES(13,1795532449939,'m27cwp46ja','b',0,'asked','{"arguments":{},"code":"W114","digest":"f79d649e4efd30111aaa292492df8959075a18d94800067c13c5c62a1e39354f","group":"desk/b/write/W114","handoff":"m27cwp46ja-1","kind":"escalation","look_for":"Look at the provider''s own records for a call with these arguments at this time.","message":"The call was sent, and whether it was carried out is not known (command failed).","risk":"critical","secondary":"T611","sent_at":1795532449938,"step":"b","suggestion":"Verify first: look whether it happened, then say so. Do not send it again before you know.","title":"b: did it happen? Verify first","tool":"write","undo":false,"unknown":true,"why":"Nobody here knows whether this write took effect."}','6e6fa34811ad1b38f1bbe6399bea01453299ae091f6ed6cbd1ff4f532401b200');
CREATE TABLE runs (
  id TEXT PRIMARY KEY, agent TEXT NOT NULL, version TEXT NOT NULL, definition TEXT NOT NULL,
  state TEXT NOT NULL, step TEXT NOT NULL, steps_done INTEGER NOT NULL, steps_total INTEGER NOT NULL,
  error_code TEXT NOT NULL, error_message TEXT NOT NULL, result TEXT NOT NULL, handoffs TEXT NOT NULL,
  user TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, ran_ms INTEGER NOT NULL,
  due INTEGER, live INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO runs VALUES('m27cwp46ja','desk','1','c4a179ef35a3f76e2d89dc3ad12a4dadc45332b32b2211ef2bc893ff9a9071ab','escalated','b',1,2,'W114','The call was sent, and whether it was carried out is not known (command failed).','null','m27cwp46ja-1','ann',1795532449936,1795532449939,3,NULL,0);
CREATE TABLE handoffs (
  id TEXT PRIMARY KEY, run TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL,
  agent TEXT NOT NULL, step TEXT NOT NULL, tool TEXT NOT NULL, risk INTEGER NOT NULL,
  unknown INTEGER NOT NULL, count INTEGER NOT NULL, cause TEXT NOT NULL,
  created INTEGER NOT NULL, decide_by INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO handoffs VALUES('m27cwp46ja-1','m27cwp46ja','escalation','open','b: did it happen? Verify first','desk','b','write',3,1,1,'desk/b/write/W114',1795532449939,0);
CREATE TABLE intents (
  key TEXT PRIMARY KEY, digest TEXT NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL, state INTEGER NOT NULL,
  result TEXT NOT NULL, first_used INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX journal_run ON journal(run, seq);
CREATE INDEX runs_created ON runs(created DESC);
CREATE INDEX runs_due ON runs(due) WHERE due IS NOT NULL;
CREATE INDEX runs_live ON runs(live) WHERE live = 1;
CREATE INDEX handoffs_urgency ON handoffs(state, (risk < 3), (decide_by = 0), decide_by, created, id);
COMMIT;
PRAGMA user_version=1;
