package dev.quorate.cli.enrol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fixture.SoftTpm;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.host.credential.EccPublicArea;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.util.List;

/** What a machine says of its TPM, on its way to somebody who does not believe it. */
class ClaimFuzzTest implements Fuzzed {
    private static final int ATTRIBUTES = EccPublicArea.FIXED | EccPublicArea.RESTRICTED | EccPublicArea.SIGN;

    @Override
    public List<Target> targets() {
        var tpm = new SoftTpm("t1");
        byte[] area = SoftTpm.area(ATTRIBUTES, new byte[0], tpm.ak());
        var claim = new Claim(new BuilderId("keeper"), SoftTpm.certificate("ek1"), AttestationKey.of(area));
        return List.of(Target.of(
                "enrolment-claim",
                bytes -> {
                    Claim read = read(bytes);
                    assertEquals(read, read(CanonicalJson.bytes(read.json().build())));
                },
                CanonicalJson.bytes(claim.json().build())));
    }

    private static Claim read(byte[] bytes) throws MalformedException {
        Fields fields = Fields.of(JsonReader.read(bytes, 1 << 16, "claim"), "claim");
        Claim claim = Claim.read(fields);
        fields.end();
        return claim;
    }
}
