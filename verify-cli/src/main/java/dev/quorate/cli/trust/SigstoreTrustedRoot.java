package dev.quorate.cli.trust;

import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Json;
import dev.quorate.log.NoteKey;
import dev.quorate.trust.TimeAuthority;
import dev.quorate.trust.TrustRoot;
import java.util.List;

/**
 * The logs and time authorities of a trust root as Sigstore's {@code trusted_root.json} (sigstore/protobuf-specs, sigstore_trustroot.proto).
 * The media type is version 0.1 because cosign 3.1.1 refuses 0.2's; each {@code validFor} has a start because clients
 * refuse a key without one.
 */
public final class SigstoreTrustedRoot {
    /** A trust root does not say since when a log has its key, so it is valid from the beginning of time. */
    private static final String SINCE = "1970-01-01T00:00:00Z";

    private SigstoreTrustedRoot() {}

    /** A {@code TrustedRoot} in proto3 JSON. */
    public static Json.Obj of(TrustRoot trust) {
        List<Json.Obj> logs =
                trust.logs().stream().map(SigstoreTrustedRoot::log).toList();
        return Json.object()
                .put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1")
                .put("tlogs", Json.arr(logs))
                .put("certificateAuthorities", Json.arr(List.of()))
                .put("ctlogs", Json.arr(List.of()))
                .put(
                        "timestampAuthorities",
                        Json.arr(trust.timeAuthorities().stream()
                                .map(SigstoreTrustedRoot::timeAuthority)
                                .toList()))
                .build();
    }

    private static Json.Obj timeAuthority(TimeAuthority authority) {
        List<Json.Obj> chain = authority.certificates().stream()
                .map(certificate ->
                        Json.object().put("rawBytes", certificate.toString()).build())
                .toList();
        Json.Obj subject = Json.object()
                .put("organization", authority.id())
                .put("commonName", authority.id())
                .build();
        Json.Obj validFor = Json.object()
                .put("start", authority.from().toString())
                .putIfPresent("end", authority.until().map(end -> Json.str(end.toString())))
                .build();
        return Json.object()
                .put("subject", subject)
                .put(
                        "certChain",
                        Json.object().put("certificates", Json.arr(chain)).build())
                .put("validFor", validFor)
                .build();
    }

    private static Json.Obj log(NoteKey key) {
        Json.Obj publicKey = Json.object()
                .put("rawBytes", Base64Text.encode(key.key().spki()))
                .put("keyDetails", "PKIX_ED25519")
                .put("validFor", Json.object().put("start", SINCE).build())
                .build();
        return Json.object()
                .put("baseUrl", "https://" + key.name())
                .put("hashAlgorithm", "SHA2_256")
                .put("publicKey", publicKey)
                .put(
                        "logId",
                        Json.object()
                                .put("keyId", Base64Text.encode(key.id().bytes()))
                                .build())
                .put("operator", key.name().text())
                .build();
    }
}
