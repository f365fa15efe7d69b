package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What must hold between the hosts, makers and profiles of one trust root. */
final class TrustedHosts {
    private static final String AMD = "amd";
    private static final String KEY_HOSTS = "keyHosts";
    private final TrustRoot trust;
    private final Fields fields;

    private TrustedHosts(TrustRoot trust, Fields fields) {
        this.trust = trust;
        this.fields = fields;
    }

    static void refuseUnfit(TrustRoot trust, Fields fields) throws MalformedException {
        var hosts = new TrustedHosts(trust, fields);
        hosts.refuseTwice("makers", trust.hostTrust().makers(), Maker::name);
        hosts.refuseTwice("profiles", trust.hostTrust().profiles(), Profile::name);
        for (TrustedBuilder builder : trust.builders()) {
            for (TrustedHost host : builder.hosts()) {
                hosts.refuseDangling(builder, host);
            }
        }
        hosts.refuseShared();
        hosts.refuseUnfitKeyHosts();
    }

    /** A machine that keeps keys may be a builder's too; it has one name for its TPM then. */
    private void refuseUnfitKeyHosts() throws MalformedException {
        Set<HostId> ids = new HashSet<>();
        for (TrustedTpm tpm : trust.hostTrust().keyHosts()) {
            if (!ids.add(tpm.id())) {
                throw fields.wrong(KEY_HOSTS, "names the host " + tpm.id() + " twice; remove one");
            }
            if (trust.hostTrust().maker(tpm.maker()).isEmpty()) {
                throw fields.wrong(KEY_HOSTS, "names the maker " + tpm.maker() + ", which is not in makers");
            }
            if (trust.names(tpm.ak())) {
                throw fields.wrong(KEY_HOSTS, "has an attestation key that is also somebody's own key");
            }
        }
        Map<P256Key, HostId> hostOf = new HashMap<>();
        Map<HostId, P256Key> keyOf = new HashMap<>();
        for (TrustedTpm tpm : trust.tpms()) {
            HostId before = hostOf.putIfAbsent(tpm.ak(), tpm.id());
            P256Key other = keyOf.putIfAbsent(tpm.id(), tpm.ak());
            if (before != null && !before.equals(tpm.id()) || other != null && !other.equals(tpm.ak())) {
                throw fields.wrong(
                        KEY_HOSTS,
                        "pairs an attestation key and an endorsement certificate that another host pairs otherwise");
            }
        }
    }

    private <T> void refuseTwice(String list, List<T> values, Function<T, String> name) throws MalformedException {
        Set<String> names = new HashSet<>();
        for (T value : values) {
            if (!names.add(name.apply(value))) {
                throw fields.wrong(list, "names " + name.apply(value) + " twice; remove one");
            }
        }
    }

    private void refuseDangling(TrustedBuilder builder, TrustedHost host) throws MalformedException {
        if (trust.hostTrust().maker(host.maker()).isEmpty()) {
            throw wrong("a host of " + builder.id() + " names the maker " + host.maker() + ", which is not in makers");
        }
        HostKind kind = trust.hostTrust()
                .profile(host.profile())
                .map(Profile::kind)
                .orElseThrow(() -> wrong("a host of " + builder.id() + " names the profile " + host.profile()
                        + ", which is not in profiles"));
        if (kind != host.kind()) {
            throw wrong("a host of " + builder.id() + " is " + host.kind().word() + " and its profile " + host.profile()
                    + " is for " + kind.word());
        }
    }

    /** A chip is one operator's, as two that share one are not independent; a TPM has one attestation key here. */
    private void refuseShared() throws MalformedException {
        Map<P256Key, HostId> hostOf = new HashMap<>();
        Map<HostId, P256Key> keyOf = new HashMap<>();
        Map<HostId, String> operatorOf = new HashMap<>();
        for (TrustedBuilder builder : trust.builders()) {
            Set<HostId> own = new HashSet<>();
            for (TrustedHost host : builder.hosts()) {
                if (!own.add(host.id())) {
                    throw wrong("a host of " + builder.id() + " is there twice; remove one");
                }
                String operator = operatorOf.putIfAbsent(host.id(), builder.operator());
                if (operator != null && !operator.equals(builder.operator())) {
                    throw wrong("the operators " + operator + " and " + builder.operator()
                            + " have a host with the same " + host.kind().chip() + "; it is one operator's");
                }
                if (host instanceof TrustedHost.SevSnp && !builder.cpuVendor().equals(AMD)) {
                    throw wrong("a host of " + builder.id() + " is sev-snp and its cpuVendor is " + builder.cpuVendor()
                            + ", not " + AMD);
                }
                if (host instanceof TrustedHost.Tpm2 tpm) {
                    HostId before = hostOf.putIfAbsent(tpm.ak(), tpm.id());
                    P256Key other = keyOf.putIfAbsent(tpm.id(), tpm.ak());
                    boolean elsewhere = before != null && !before.equals(tpm.id());
                    if (elsewhere || other != null && !other.equals(tpm.ak())) {
                        throw wrong("a host of " + builder.id() + " pairs an attestation key and an endorsement"
                                + " certificate that another host pairs otherwise");
                    }
                    if (trust.names(tpm.ak())) {
                        throw wrong("the attestation key of a host of " + builder.id() + " is also somebody's own key");
                    }
                }
            }
        }
    }

    private MalformedException wrong(String problem) {
        return fields.wrong("builders", problem);
    }
}
