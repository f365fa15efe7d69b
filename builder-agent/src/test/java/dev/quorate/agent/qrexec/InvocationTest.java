package dev.quorate.agent.qrexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.round.BuilderId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvocationTest {
    private static final String NAME = "QREXEC_SERVICE_FULL_NAME";
    private static final String ARGUMENT = "QREXEC_SERVICE_ARGUMENT";
    private static final String DOMAIN = "QREXEC_REMOTE_DOMAIN";

    private static Map<String, String> environment(String name, String argument) {
        Map<String, String> environment = new HashMap<>(Map.of(DOMAIN, "work", NAME, name, "PATH", "/usr/bin"));
        if (!argument.equals("-")) {
            environment.put(ARGUMENT, argument);
        }
        return environment;
    }

    private static void assertRefused(String name, String argument) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Invocation.of(environment(name, argument)),
                name + " with " + argument);
    }

    @Test
    void theArgumentIsABuilderOrNothing() {
        var none = new Invocation("work", Optional.empty());
        assertEquals(none, Invocation.of(environment("quorate.Build", "-")));
        assertEquals(none, Invocation.of(environment("quorate.Build", "")));
        assertEquals(none, Invocation.of(environment("quorate.Build+", "")));
        assertEquals(
                new Invocation("work", Optional.of(new BuilderId("acme-1.b"))),
                Invocation.of(environment("quorate.Build+acme-1.b", "acme-1.b")));
    }

    @Test
    void anArgumentBeyondItsRulesIsRefused() {
        for (String bad : new String[] {
            "../../etc", "b 1", "b1;reboot", "b1\n", "B1", "-b1", "ä", "b+1", "b".repeat(64), "b1\u0000"
        }) {
            assertRefused("quorate.Build+" + bad, bad);
        }
    }

    @Test
    void nameAndArgumentMustAgree() {
        assertRefused("quorate.Build", "b1");
        assertRefused("quorate.Build+b1", "-");
        assertRefused("quorate.Build+b1", "b2");
        assertRefused("quorate.Other+b1", "b1");
        assertRefused("quorate.Buildb1", "b1");
    }

    @Test
    void withoutQrexecThereIsNoCall() {
        for (String missing : new String[] {DOMAIN, NAME}) {
            Map<String, String> environment = environment("quorate.Build", "-");
            environment.remove(missing);
            assertThrows(IllegalArgumentException.class, () -> Invocation.of(environment), missing);
        }
    }

    @Test
    void aCallerThatIsNoQubeIsRefused() {
        for (String bad : new String[] {"a b", "\u001b[2J", "x".repeat(129), "a/b"}) {
            Map<String, String> environment = environment("quorate.Build", "-");
            environment.put(DOMAIN, bad);
            assertThrows(IllegalArgumentException.class, () -> Invocation.of(environment), bad);
        }
    }
}
