package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Instants;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.log.Ed25519PublicKey;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import dev.quorate.round.BuilderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One version of the trust root.
 *
 * @param version 1, 2, 3, …
 * @param expires first instant at which it is no longer to be used
 * @param logs verifier keys of logs, in the text form of C2SP signed-note
 * @param witnesses verifier keys of witnesses, likewise
 * @param hostTrust by what the evidence of builders' hosts is judged
 * @param timeAuthorities who says when a signature was there; without any, and without witnesses, the certifier does
 * @param sigstoreRoots under which bundles of keyless identities are judged
 */
public record TrustRoot(
        int version,
        Instant expires,
        RootKeys root,
        List<TrustedBuilder> builders,
        List<Principal> certifiers,
        List<Principal> maintainers,
        List<NoteKey> logs,
        List<NoteKey> witnesses,
        List<Revocation> revocations,
        HostTrust hostTrust,
        List<TimeAuthority> timeAuthorities,
        List<SigstoreRoot> sigstoreRoots) {
    /** Value of {@code format}. */
    public static final String FORMAT = "quorate/trust/v1";

    /** Predicate type of the statement that root keys sign. */
    public static final String TYPE = "https://quorate.dev/trust/v1";

    private static final int MOST = 10_000;

    public TrustRoot {
        builders = List.copyOf(builders);
        certifiers = List.copyOf(certifiers);
        maintainers = List.copyOf(maintainers);
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
        revocations = List.copyOf(revocations);
        timeAuthorities = List.copyOf(timeAuthorities);
        sigstoreRoots = List.copyOf(sigstoreRoots);
    }

    /** A trust root under which no host's evidence is good, that names no time authority and no keyless identity. */
    public TrustRoot(
            int version,
            Instant expires,
            RootKeys root,
            List<TrustedBuilder> builders,
            List<Principal> certifiers,
            List<Principal> maintainers,
            List<NoteKey> logs,
            List<NoteKey> witnesses,
            List<Revocation> revocations) {
        this(
                version,
                expires,
                root,
                builders,
                certifiers,
                maintainers,
                logs,
                witnesses,
                revocations,
                HostTrust.NONE,
                List.of(),
                List.of());
    }

    /** The same, for exchanging parts. */
    public TrustEdit edit() {
        return new TrustEdit(this);
    }

    /** Reads the value of {@code trust}. */
    public static TrustRoot read(Fields fields) throws MalformedException {
        fields.literal("format", FORMAT);
        var trust = new TrustRoot(
                (int) fields.integer("version", 1, Integer.MAX_VALUE),
                fields.string("expires", Instants::parse),
                fields.object("root", RootKeys::read),
                fields.objects("builders", MOST, TrustedBuilder::read),
                fields.objects("certifiers", MOST, Principal::readCertifier),
                fields.objects("maintainers", MOST, Principal::readMaintainer),
                fields.strings("logs", MOST, NoteKey::parse),
                fields.strings("witnesses", MOST, NoteKey::parse),
                fields.objects("revocations", MOST, Revocation::read),
                HostTrust.read(fields, MOST),
                TimeAuthorities.read(fields),
                SigstoreRoots.read(fields));
        fields.end();
        trust.refuseRespelt(fields);
        trust.refuseSharedKeys(fields);
        trust.refuseUnfitNoteKeys(fields);
        TrustedHosts.refuseUnfit(trust, fields);
        TimeAuthorities.refuseShared(trust.timeAuthorities(), fields);
        SigstoreRoots.refuseUnfit(trust, fields);
        return trust;
    }

    /** The value of {@code trust}. */
    public Json.Obj json() {
        Json.Builder json = Json.object()
                .put("format", FORMAT)
                .put("version", version)
                .put("expires", expires.toString())
                .put("root", root.json())
                .put(
                        "builders",
                        Json.arr(builders.stream().map(TrustedBuilder::json).toList()))
                .put(
                        "certifiers",
                        Json.arr(certifiers.stream().map(Principal::json).toList()))
                .put(
                        "maintainers",
                        Json.arr(maintainers.stream().map(Principal::json).toList()))
                .put("logs", Json.strings(logs.stream().map(NoteKey::vkey).toList()))
                .put(
                        "witnesses",
                        Json.strings(witnesses.stream().map(NoteKey::vkey).toList()))
                .put(
                        "revocations",
                        Json.arr(revocations.stream().map(Revocation::json).toList()));
        hostTrust.write(json);
        TimeAuthorities.write(timeAuthorities, json);
        SigstoreRoots.write(sigstoreRoots, json);
        return json.build();
    }

    /** What root keys sign. */
    public Statement statement() {
        return new Statement(List.of(new Subject("trust root", CanonicalJson.digest(json()))), TYPE, json());
    }

    /** The log of that origin. */
    public Optional<NoteKey> log(String origin) {
        return logs.stream().filter(log -> log.name().text().equals(origin)).findFirst();
    }

    /** The builder of that name. */
    public Optional<TrustedBuilder> builder(BuilderId id) {
        return builders.stream().filter(builder -> builder.id().equals(id)).findFirst();
    }

    /** The builder that holds a key. */
    public Optional<TrustedBuilder> builderWith(P256Key key) {
        return builders.stream().filter(builder -> builder.key(key).isPresent()).findFirst();
    }

    /** The certifier that holds a key. */
    public Optional<Principal> certifierWith(P256Key key) {
        return certifiers.stream()
                .filter(certifier -> certifier.key(key).isPresent())
                .findFirst();
    }

    /** The maintainer that holds a key. */
    public Optional<Principal> maintainerWith(P256Key key) {
        return maintainers.stream()
                .filter(maintainer -> maintainer.key(key).isPresent())
                .findFirst();
    }

    /** The Sigstore root of that name. */
    public Optional<SigstoreRoot> sigstoreRoot(String name) {
        return sigstoreRoots.stream().filter(root -> root.name().equals(name)).findFirst();
    }

    /** The TPMs of all machines, builders' and others. */
    public List<TrustedTpm> tpms() {
        Stream<TrustedTpm> ofBuilders = builders.stream()
                .flatMap(builder -> builder.hosts().stream())
                .filter(TrustedHost.Tpm2.class::isInstance)
                .map(host -> ((TrustedHost.Tpm2) host).tpm());
        return Stream.concat(ofBuilders, hostTrust.keyHosts().stream()).toList();
    }

    /** The TPM that an attestation key speaks for. */
    public Optional<TrustedTpm> tpm(P256Key ak) {
        return tpms().stream().filter(tpm -> tpm.ak().equals(ak)).findFirst();
    }

    /** How a key of a certifier or root key holder is kept, if the trust root says so. */
    public Optional<KeySeal> seal(P256Key key) {
        return certifierWith(key)
                .flatMap(certifier -> certifier.key(key))
                .flatMap(TimedKey::seal)
                .or(() -> root.keys().stream()
                        .filter(held -> held.key().equals(key))
                        .findFirst()
                        .flatMap(RootKey::seal));
    }

    /** Whether a builder, or one of its keys, no longer counted at that time. */
    public boolean isRevoked(BuilderId builder, P256Key key, Instant time) {
        return isRevoked(Revocation.Kind.BUILDER, builder.text(), time) || isRevoked(key, time);
    }

    /** Whether a key no longer counted at that time. */
    public boolean isRevoked(P256Key key, Instant time) {
        return isRevoked(Revocation.Kind.KEY, key.id().hex(), time);
    }

    /** Whether a host no longer counted at that time. */
    public boolean isRevoked(HostId host, Instant time) {
        return isRevoked(Revocation.Kind.HOST, host.toString(), time);
    }

    /**
     * Why this may not be a later version, as a sentence, if it gives a key of an earlier one to somebody else. That is no
     * part of the rule by which a version follows (docs/formats.md, 4.2).
     */
    public Optional<String> givesAwayOf(TrustRoot earlier) {
        return OwnedKey.givenAway(earlier, this);
    }

    /** Whether anybody in it has that key, for whatever purpose. */
    public boolean names(P256Key key) {
        return ownedKeys().stream().anyMatch(owned -> owned.key().equals(key));
    }

    /** Whether a certificate, by the digest of its envelope, no longer counts, whenever it was made. */
    public boolean isRevokedCertificate(Sha256 certificate) {
        return isRevoked(Revocation.Kind.CERTIFICATE, certificate.hex(), Instant.MAX);
    }

    private boolean isRevoked(Revocation.Kind kind, String id, Instant time) {
        return revocations.stream().anyMatch(r -> r.kind() == kind && r.id().equals(id) && !time.isBefore(r.since()));
    }

    /** Root keys sign one spelling; a verifier that hashes what it reads must get the same. */
    private void refuseRespelt(Fields fields) throws MalformedException {
        if (!json().equals(fields.json())) {
            throw new MalformedException(
                    fields.place(),
                    "spells something otherwise than root keys sign it; write times like 2026-11-23T16:00:00Z"
                            + " without a fraction of zeros, keys and certificates in the standard base64 alphabet, and"
                            + " leave out makers, profiles, hosts and reference values that there are none of");
        }
    }

    /** One vote needs one key of its own: a key under two names, or a name used twice, is an error. */
    private void refuseSharedKeys(Fields fields) throws MalformedException {
        Set<BuilderId> ids = new HashSet<>();
        for (TrustedBuilder builder : builders) {
            if (!ids.add(builder.id())) {
                throw fields.wrong("builders", "names " + builder.id() + " twice; remove one");
            }
        }
        Map<P256Key, OwnedKey> seen = new HashMap<>();
        for (OwnedKey owned : ownedKeys()) {
            OwnedKey other = seen.put(owned.key(), owned);
            if (other != null) {
                throw new MalformedException(
                        fields.place(),
                        "the key " + owned.key().id().hex() + " stands under two names, " + other.owner() + " and "
                                + owned.owner() + "; give each principal its own");
            }
        }
    }

    /** Everybody's keys. */
    List<OwnedKey> ownedKeys() {
        List<OwnedKey> keys = new ArrayList<>();
        root.keys().forEach(key -> keys.add(new OwnedKey(key.key(), OwnedKey.Role.ROOT, key.name())));
        builders.forEach(b -> keys.addAll(OwnedKey.of(OwnedKey.Role.BUILDER, b.id().text(), b.keys())));
        certifiers.forEach(c -> keys.addAll(OwnedKey.of(OwnedKey.Role.CERTIFIER, c.id(), c.keys())));
        maintainers.forEach(m -> keys.addAll(OwnedKey.of(OwnedKey.Role.MAINTAINER, m.id(), m.keys())));
        return keys;
    }

    /** A log signs plainly and a witness with a time; a witness has a name and a key of its own. */
    private void refuseUnfitNoteKeys(Fields fields) throws MalformedException {
        if (logs.stream().anyMatch(log -> log.algorithm() != NoteAlgorithm.ED25519)) {
            throw fields.wrong("logs", "must be keys of type 1");
        }
        if (witnesses.stream().anyMatch(witness -> witness.algorithm() != NoteAlgorithm.COSIGNATURE_V1)) {
            throw fields.wrong("witnesses", "must be keys of type 4");
        }
        Set<Ed25519PublicKey> keys = new HashSet<>();
        Set<KeyName> names = new HashSet<>();
        for (NoteKey log : logs) {
            names.add(log.name());
            if (!keys.add(log.key())) {
                throw fields.wrong("logs", "names a key twice; remove one");
            }
        }
        for (NoteKey witness : witnesses) {
            if (!keys.add(witness.key())) {
                throw fields.wrong("witnesses", "names a key twice, or a log's; give each witness its own");
            }
            if (!names.add(witness.name())) {
                throw fields.wrong(
                        "witnesses", "uses the name " + witness.name() + " twice; give each witness its own");
            }
        }
        for (TrustedBuilder builder : builders) {
            if (builder.linkKey().isPresent() && !keys.add(builder.linkKey().get())) {
                throw fields.wrong("builders", "gives " + builder.id() + " a linkKey that is another's");
            }
        }
    }
}
