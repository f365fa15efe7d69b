package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.EventReference;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Profile;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustedHost;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the makers of the builders' machines made, and what the root key holders allow these machines to run. */
final class Hardware {
    /** Firmware, and what was started. */
    static final int[] REGISTERS = {0, 8};

    private static final String FIRMWARE = "firmware";

    /** What a machine may be started with. */
    enum Image {
        FIRST,
        SECOND
    }

    /** By the name of a profile the images that it allows; the profiles say the same in reference values. */
    static final Map<String, Set<Image>> ALLOWED = new TreeMap<>(Map.of(
            "first", EnumSet.of(Image.FIRST),
            "second", EnumSet.of(Image.SECOND),
            "either", EnumSet.allOf(Image.class)));

    private static final Signer MAKER = SeededKeys.p256(90);
    private static final Map<BuilderId, Signer> ATTESTATION_KEYS = keys(100);
    private static final Map<BuilderId, DerCertificate> ENDORSEMENTS = endorsements();

    static final HostTrust TRUST = new HostTrust(
            List.of(new Maker("maker", List.of(Endorsements.root()))),
            ALLOWED.entrySet().stream()
                    .map(entry -> profile(entry.getKey(), entry.getValue()))
                    .toList());

    private Hardware() {}

    private static Map<BuilderId, Signer> keys(long first) {
        Map<BuilderId, Signer> keys = new TreeMap<>();
        Cast.BUILDERS.keySet().forEach(id -> keys.put(id, SeededKeys.p256(first + keys.size())));
        return keys;
    }

    private static Map<BuilderId, DerCertificate> endorsements() {
        Map<BuilderId, DerCertificate> certificates = new TreeMap<>();
        Cast.BUILDERS.keySet().forEach(id -> certificates.put(id, Endorsements.of(200 + certificates.size())));
        return certificates;
    }

    private static Profile profile(String name, Set<Image> images) {
        SoftTpm any = start(tpm(new BuilderId("b1")), Image.FIRST);
        List<Sha256> events =
                images.stream().map(image -> Sha256.of(image.name())).toList();
        return new Tpm2Profile(
                name,
                List.of(new PcrReference(0, List.of(any.pcr(0)))),
                List.of(new EventReference(8, List.of(), events)),
                false);
    }

    /** The TPM of a builder's machine, switched off. */
    static SoftTpm tpm(BuilderId builder) {
        return new SoftTpm(ATTESTATION_KEYS.get(builder), ENDORSEMENTS.get(builder));
    }

    /** A TPM that nobody has enrolled, with the genuine certificate of another. */
    static SoftTpm stranger(BuilderId builder) {
        return new SoftTpm(MAKER, ENDORSEMENTS.get(builder));
    }

    /** Starts a machine anew. */
    static SoftTpm start(SoftTpm tpm, Image image) {
        return tpm.boot().extend(0, FIRMWARE).measure(8, image.name());
    }

    /** What a trust root says of a builder's machine. */
    static TrustedHost host(BuilderId builder, String profile) {
        return tpm(builder).host(profile);
    }
}
