// What `slsa-verifier verify-vsa` checks, by its documentation and source: the tool itself is in no package
// registry that these tests use. Arguments: envelope, public key, subject digest, verifier id, resource URI, level.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');

const [envelopeFile, keyFile, subjectDigest, verifierId, resourceUri, level] = process.argv.slice(2);
const fail = (why) => {
  console.error(`FAILED: ${why}`);
  process.exit(1);
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const envelope = JSON.parse(fs.readFileSync(envelopeFile, 'utf8'));
if (envelope.payloadType !== 'application/vnd.in-toto+json') fail('payload type');
if (!base64.test(envelope.payload)) fail('payload is not standard base64');
const payload = Buffer.from(envelope.payload, 'base64');
const pae = Buffer.concat([
  Buffer.from(`DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `),
  payload,
]);
const key = crypto.createPublicKey(fs.readFileSync(keyFile));
// A key id in the envelope must be the one that is given with --public-key-id; without one there, any key may match.
const signed = envelope.signatures.some((s) => !s.keyid && crypto.verify('sha256', pae, key, Buffer.from(s.sig, 'base64')));
if (!signed) fail('no signature by this key');

const statement = JSON.parse(payload.toString('utf8'));
if (!['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1'].includes(statement._type)) fail('statement type');
if (statement.predicateType !== 'https://slsa.dev/verification_summary/v1') fail('predicate type');
const vsa = statement.predicate;
const [algorithm, ...rest] = subjectDigest.split(':');
if (!statement.subject.some((s) => s.digest[algorithm] === rest.join(':'))) fail('subject digest');
if (Number.isNaN(Date.parse(vsa.timeVerified))) fail('time');
if (!vsa.verifier.id || vsa.verifier.id !== verifierId) fail('verifier id');
if (!vsa.resourceUri || vsa.resourceUri !== resourceUri) fail('resource URI');
if (vsa.verificationResult !== 'PASSED') fail('result');
// Every level that begins with SLSA_ has a track and a number, be it asked for or not.
const tracks = (levels) => {
  const found = {};
  for (const text of levels.filter((l) => l.startsWith('SLSA_'))) {
    const parts = /^SLSA_([^_]*)_LEVEL_([+-]?[0-9]+)$/.exec(text);
    if (!parts) fail(`level ${text}`);
    found[parts[1]] = Math.max(found[parts[1]] ?? -Infinity, Number(parts[2]));
  }
  return found;
};
const got = tracks(vsa.verifiedLevels);
for (const [track, least] of Object.entries(tracks([level]))) {
  if (!(got[track] >= least)) fail(`track ${track}`);
}
if (!level.startsWith('SLSA_') && !vsa.verifiedLevels.includes(level)) fail('verified level');
console.log('PASSED');
