package dev.quorate.coordinator.enrol;

import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.time.Instant;
import java.util.List;

/** The certificate of a TPM, by whoever asks to be admitted. */
class EndorsementFuzzTest implements Fuzzed {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public List<Target> targets() {
        return List.of(Target.of(
                        "endorsement",
                        bytes -> Endorsement.of(
                                bytes, List.of(SoftTpm.certificate("root").certificate()), NOW),
                        SoftTpm.certificate("ek1").bytes())
                .refusing(RefusedException.class)
                .costly());
    }
}
