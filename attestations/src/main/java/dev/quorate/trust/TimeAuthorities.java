package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** The list of time authorities in a trust root's file. */
final class TimeAuthorities {
    private static final String NAME = "timeAuthorities";
    private static final int MOST = 100;

    private TimeAuthorities() {}

    static List<TimeAuthority> read(Fields fields) throws MalformedException {
        return fields.has(NAME) ? fields.objects(NAME, MOST, TimeAuthority::read) : List.of();
    }

    /** An old trust root has none, and its signatures must go on to hold. */
    static void write(List<TimeAuthority> authorities, Json.Builder json) {
        if (!authorities.isEmpty()) {
            json.put(
                    NAME, Json.arr(authorities.stream().map(TimeAuthority::json).toList()));
        }
    }

    /** A token says whose it is by issuer and serial number of the certificate that it is signed with. */
    static void refuseShared(List<TimeAuthority> authorities, Fields fields) throws MalformedException {
        record Signer(X500Principal issuer, BigInteger serial) {}
        Set<String> ids = new HashSet<>();
        Set<Signer> signers = new HashSet<>();
        for (TimeAuthority authority : authorities) {
            if (!ids.add(authority.id())) {
                throw fields.wrong(NAME, "names " + authority.id() + " twice; remove one");
            }
            var certificate = authority.signer().certificate();
            if (!signers.add(new Signer(certificate.getIssuerX500Principal(), certificate.getSerialNumber()))) {
                throw fields.wrong(
                        NAME, "has two certificates of one issuer and serial number; a token would be either's");
            }
        }
    }
}
