package dev.quorate.trust;

import dev.quorate.log.NoteKey;
import java.time.Instant;
import java.util.List;

/** A trust root of which some parts are exchanged. */
public final class TrustEdit {
    private int version;
    private Instant expires;
    private RootKeys root;
    private List<TrustedBuilder> builders;
    private List<Principal> certifiers;
    private List<Principal> maintainers;
    private List<NoteKey> logs;
    private List<NoteKey> witnesses;
    private List<Revocation> revocations;
    private HostTrust hostTrust;
    private List<TimeAuthority> timeAuthorities;
    private List<SigstoreRoot> sigstoreRoots;

    TrustEdit(TrustRoot from) {
        version = from.version();
        expires = from.expires();
        root = from.root();
        builders = from.builders();
        certifiers = from.certifiers();
        maintainers = from.maintainers();
        logs = from.logs();
        witnesses = from.witnesses();
        revocations = from.revocations();
        hostTrust = from.hostTrust();
        timeAuthorities = from.timeAuthorities();
        sigstoreRoots = from.sigstoreRoots();
    }

    public TrustEdit version(int other) {
        version = other;
        return this;
    }

    public TrustEdit expires(Instant other) {
        expires = other;
        return this;
    }

    public TrustEdit root(RootKeys other) {
        root = other;
        return this;
    }

    public TrustEdit builders(List<TrustedBuilder> others) {
        builders = others;
        return this;
    }

    public TrustEdit certifiers(List<Principal> others) {
        certifiers = others;
        return this;
    }

    public TrustEdit maintainers(List<Principal> others) {
        maintainers = others;
        return this;
    }

    public TrustEdit logs(List<NoteKey> others) {
        logs = others;
        return this;
    }

    public TrustEdit witnesses(List<NoteKey> others) {
        witnesses = others;
        return this;
    }

    public TrustEdit revocations(List<Revocation> others) {
        revocations = others;
        return this;
    }

    public TrustEdit hostTrust(HostTrust other) {
        hostTrust = other;
        return this;
    }

    public TrustEdit timeAuthorities(List<TimeAuthority> others) {
        timeAuthorities = others;
        return this;
    }

    public TrustEdit sigstoreRoots(List<SigstoreRoot> others) {
        sigstoreRoots = others;
        return this;
    }

    /** The trust root with what was exchanged. */
    public TrustRoot done() {
        return new TrustRoot(
                version,
                expires,
                root,
                builders,
                certifiers,
                maintainers,
                logs,
                witnesses,
                revocations,
                hostTrust,
                timeAuthorities,
                sigstoreRoots);
    }
}
