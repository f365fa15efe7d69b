'use strict';
// verify.js TRUSTED_ROOT PUBLIC_KEY_PEM BUNDLE PREDICATE_TYPE ARTIFACT: prints "ok", or says why not and exits 1.

const {createHash, createPublicKey} = require('node:crypto');
const {readFileSync} = require('node:fs');
const {bundleFromJSON} = require('@sigstore/bundle');
const {TrustedRoot} = require('@sigstore/protobuf-specs');
const {toSignedEntity, toTrustMaterial, Verifier} = require('@sigstore/verify');

const [rootFile, keyFile, bundleFile, predicateType, artifactFile] = process.argv.slice(2);
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

const publicKey = createPublicKey(readFileSync(keyFile));
const hint = createHash('sha256').update(publicKey.export({type: 'spki', format: 'der'})).digest('base64');

function findKey(wanted) {
  if (wanted !== hint) throw new Error(`the bundle was signed with another key: ${wanted}`);
  return {publicKey, validFor: () => true};
}

// The library proves signature and log entry; what the statement is about is for its caller to compare.
function isAbout(bundle, artifact) {
  const statement = JSON.parse(bundle.content.dsseEnvelope.payload.toString('utf8'));
  const digest = createHash('sha256').update(artifact).digest('hex');
  return statement.predicateType === predicateType && statement.subject.some((subject) => subject.digest.sha256 === digest);
}

try {
  const trust = toTrustMaterial(TrustedRoot.fromJSON(json(rootFile)), findKey);
  const bundle = bundleFromJSON(json(bundleFile));
  const verifier = new Verifier(trust, {tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0});
  verifier.verify(toSignedEntity(bundle));
  if (!isAbout(bundle, readFileSync(artifactFile))) throw new Error('the statement is not about this artifact');
  console.log('ok');
} catch (e) {
  console.error(`refused: ${e.code || e.name}: ${e.message}`);
  process.exitCode = 1;
}
