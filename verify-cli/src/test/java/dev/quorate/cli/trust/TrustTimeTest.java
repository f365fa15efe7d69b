package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.round.Certificates;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.trust.DerCertificate;
import org.junit.jupiter.api.Test;

/** What a trust root says of time-stamping authorities. */
class TrustTimeTest extends TrustCase {
    @Test
    void aTimeAuthorityIsNamedShownKeptAndEnded() throws Exception {
        var pem = new StringBuilder();
        for (DerCertificate certificate : new TimeStamper().certificates()) {
            pem.append("-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n");
        }
        shell.write("tsa.pem", pem.toString());
        ok("trust", "add", "trust.json", "time-authority", "--id", "tsa.example", "--certificates", "tsa.pem");
        ok("trust", "add", "trust.json", "log", "--vkey", LOG);
        ok("trust", "rotate", "trust.json", "--expires", "30d");
        addBuilder();
        ok("trust", "revoke", "trust.json", "builder", "b1", "--reason", "gone");
        String shown = ok("trust", "show", "trust.json").out();
        assertTrue(shown.contains("time        tsa.example from 2026-11-23T12:30:00Z\n"), shown);
        assertTrue(shown.contains("certificate CN=TSA\n            certificate CN=TSA root\n"), shown);
        String sigstore = ok("trust", "show", "trust.json", "--sigstore").out();
        assertTrue(sigstore.contains("\"validFor\":{\"start\":\"2026-11-23T12:30:00Z\"}"), sigstore);
        assertTrue(
                sigstore.contains("\"timestampAuthorities\":[{\"certChain\":{\"certificates\":[{\"rawBytes\":"),
                sigstore);
        ok("trust", "add", "trust.json", "time-authority", "--id", "tsa.example", "--until", "1d");
        assertEquals(
                "2026-11-24T12:30:00Z",
                trust("trust.json")
                        .trust()
                        .timeAuthorities()
                        .getFirst()
                        .until()
                        .orElseThrow()
                        .toString());
    }

    @Test
    void aTimeAuthorityThatCannotBeIsRefused() throws Exception {
        String[] add = {"trust", "add", "trust.json", "time-authority", "--id", "tsa.example"};
        assertTrue(refused(add).contains("needs --certificates"));
        assertTrue(refused("trust", "add", "trust.json", "time-authority").contains("needs --id"));
        shell.write("tsa.pem", "no certificate");
        String[] named = {"trust", "add", "trust.json", "time-authority", "--id", "x", "--certificates", "tsa.pem"};
        assertTrue(refused(named).contains("tsa.pem: "));
        shell.write("tsa.pem", Certificates.selfSigned().getEncoded());
        assertTrue(refused(named).contains("whose only extended key usage is time-stamping"));
    }
}
