package dev.quorate.cli.trust;

import dev.quorate.log.NoteKey;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TimeAuthority;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A trust root with one part exchanged. */
record Draft(TrustRoot from, int version) {
    static Draft of(TrustFile file) {
        return new Draft(file.trust(), file.draftVersion());
    }

    TrustRoot root(RootKeys root, Instant expires) {
        return new TrustRoot(
                version,
                expires,
                root,
                from.builders(),
                from.certifiers(),
                from.maintainers(),
                from.logs(),
                from.witnesses(),
                from.revocations(),
                from.hostTrust(),
                from.timeAuthorities(),
                from.sigstoreRoots());
    }

    TrustRoot builders(List<TrustedBuilder> builders) {
        return people(builders, from.certifiers(), from.maintainers());
    }

    TrustRoot certifiers(List<Principal> certifiers) {
        return people(from.builders(), certifiers, from.maintainers());
    }

    TrustRoot maintainers(List<Principal> maintainers) {
        return people(from.builders(), from.certifiers(), maintainers);
    }

    TrustRoot sigstoreRoots(List<SigstoreRoot> roots) {
        return maintainers(from.maintainers()).with(from.maintainers(), roots);
    }

    TrustRoot log(NoteKey key) {
        return verifiers(plus(from.logs(), key), from.witnesses());
    }

    TrustRoot witness(NoteKey key) {
        return verifiers(from.logs(), plus(from.witnesses(), key));
    }

    TrustRoot revocation(Revocation revocation) {
        return new TrustRoot(
                version,
                from.expires(),
                from.root(),
                from.builders(),
                from.certifiers(),
                from.maintainers(),
                from.logs(),
                from.witnesses(),
                plus(from.revocations(), revocation),
                from.hostTrust(),
                from.timeAuthorities(),
                from.sigstoreRoots());
    }

    TrustRoot timeAuthorities(List<TimeAuthority> authorities) {
        return new TrustRoot(
                version,
                from.expires(),
                from.root(),
                from.builders(),
                from.certifiers(),
                from.maintainers(),
                from.logs(),
                from.witnesses(),
                from.revocations(),
                from.hostTrust(),
                authorities,
                from.sigstoreRoots());
    }

    TrustRoot hostTrust(HostTrust hostTrust) {
        return builders(from.builders()).with(hostTrust);
    }

    private TrustRoot people(List<TrustedBuilder> builders, List<Principal> certifiers, List<Principal> maintainers) {
        return new TrustRoot(
                version,
                from.expires(),
                from.root(),
                builders,
                certifiers,
                maintainers,
                from.logs(),
                from.witnesses(),
                from.revocations(),
                from.hostTrust(),
                from.timeAuthorities(),
                from.sigstoreRoots());
    }

    private TrustRoot verifiers(List<NoteKey> logs, List<NoteKey> witnesses) {
        return new TrustRoot(
                version,
                from.expires(),
                from.root(),
                from.builders(),
                from.certifiers(),
                from.maintainers(),
                logs,
                witnesses,
                from.revocations(),
                from.hostTrust(),
                from.timeAuthorities(),
                from.sigstoreRoots());
    }

    private static <T> List<T> plus(List<T> list, T item) {
        List<T> more = new ArrayList<>(list);
        more.add(item);
        return more;
    }
}
