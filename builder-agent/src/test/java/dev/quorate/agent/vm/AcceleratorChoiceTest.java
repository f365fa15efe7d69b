package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AcceleratorChoiceTest {
    private static AcceleratorChoice choose(OptionalDouble kvm, OptionalDouble tcg) throws Exception {
        return AcceleratorChoice.compare(accelerator -> accelerator == Accelerator.KVM ? kvm : tcg);
    }

    @Test
    void theFasterOneIsTaken() throws Exception {
        AcceleratorChoice fast = choose(OptionalDouble.of(0.8), OptionalDouble.of(3.6));
        assertEquals(
                new AcceleratorChoice(Accelerator.KVM, "a guest boots and counts in 0.8 s, and emulated in 3.6 s"),
                fast);
        AcceleratorChoice slow = choose(OptionalDouble.of(9.1), OptionalDouble.of(3.6));
        assertEquals(Accelerator.TCG, slow.accelerator());
        assertTrue(slow.why().contains("9.1 s with KVM"), slow.why());
    }

    @Test
    void aDeviceThatOpensAndBootsNothingIsNotTaken() throws Exception {
        AcceleratorChoice choice = choose(OptionalDouble.empty(), OptionalDouble.of(3.6));
        assertEquals(Accelerator.TCG, choice.accelerator());
        assertTrue(choice.why().startsWith("/dev/kvm opens"), choice.why());
    }

    @Test
    void whereEmulationHangsKvmIsTaken() throws Exception {
        assertEquals(
                Accelerator.KVM,
                choose(OptionalDouble.of(5), OptionalDouble.empty()).accelerator());
    }
}
