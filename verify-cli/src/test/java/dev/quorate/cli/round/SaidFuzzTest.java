package dev.quorate.cli.round;

import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.util.List;

/** A kit that is only to be explained. */
class SaidFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() {
        return List.of(Target.of("explained-kit", bytes -> Said.read(bytes, "fuzz"), Vectors.kit("agreement_ok"))
                .costly());
    }
}
