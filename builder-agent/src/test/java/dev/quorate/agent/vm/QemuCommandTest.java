package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QemuCommandTest {
    private static final Instant CLOCK = Instant.parse("2026-06-03T00:00:00Z");

    private static String after(List<String> words, String option) {
        return words.get(words.indexOf(option) + 1);
    }

    @Test
    void theMachineIsTheSameEverywhereAndHasNoNetworkCard() {
        List<String> words = QemuCommand.build(Accelerator.TCG, 704, CLOCK);
        assertTrue(words.containsAll(List.of("-nodefaults", "-no-user-config", "-no-reboot")), words.toString());
        assertEquals("none", after(words, "-nic"));
        assertEquals("pc-q35-7.2,usb=off,vmport=off", after(words, "-machine"));
        assertEquals("Nehalem-v1,enforce", after(words, "-cpu"));
        assertEquals("2", after(words, "-smp"));
        assertEquals("704M", after(words, "-m"));
        assertEquals("base=2026-06-03T00:00:00,clock=vm", after(words, "-rtc"));
        assertFalse(words.stream().anyMatch(word -> word.contains("netdev") || word.contains("virtio-net")));
    }

    @Test
    void onlyTheAcceleratorDiffersBetweenHosts() {
        List<String> translated = new java.util.ArrayList<>(QemuCommand.build(Accelerator.TCG, 704, CLOCK));
        List<String> native_ = new java.util.ArrayList<>(QemuCommand.build(Accelerator.KVM, 704, CLOCK));
        assertEquals("kvm", after(native_, "-accel"));
        translated.set(translated.indexOf("-accel") + 1, "kvm");
        assertEquals(translated, native_);
    }

    @Test
    void onlyThreeDisksCanBeWritten() {
        List<String> drives = QemuCommand.build(Accelerator.TCG, 704, CLOCK).stream()
                .filter(word -> word.startsWith("if=none"))
                .toList();
        assertEquals(5, drives.size());
        assertEquals(
                List.of("id=root", "id=inputs"),
                drives.stream()
                        .filter(drive -> drive.endsWith("readonly=on"))
                        .map(drive -> drive.split(",")[1])
                        .toList());
    }
}
