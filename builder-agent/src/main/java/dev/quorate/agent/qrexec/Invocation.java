package dev.quorate.agent.qrexec;

import dev.quorate.round.BuilderId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What qrexec says of a call in the environment of the service's program.
 *
 * <pre>
 * QREXEC_REMOTE_DOMAIN       the qube that calls, or that a relay says is calling
 * QREXEC_SERVICE_FULL_NAME   quorate.Build, quorate.Build+ or quorate.Build+&lt;builder&gt;
 * QREXEC_SERVICE_ARGUMENT    &lt;builder&gt;, empty or not there
 * </pre>
 *
 * @param domain for diagnostics; it authenticates nobody
 * @param builder the only one that this call may build for, if the service was called with an argument
 */
public record Invocation(String domain, Optional<BuilderId> builder) {
    private static final String SERVICE = "quorate.Build";
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9@:_.-]{1,128}");
    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z0-9_.+-]{0,63}");

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException if this is no call of the service, or its argument is no builder's name
     */
    public static Invocation of(Map<String, String> environment) {
        String domain = environment.getOrDefault("QREXEC_REMOTE_DOMAIN", "");
        String name = environment.getOrDefault("QREXEC_SERVICE_FULL_NAME", "");
        String argument = environment.getOrDefault("QREXEC_SERVICE_ARGUMENT", "");
        if (domain.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("QREXEC_REMOTE_DOMAIN and QREXEC_SERVICE_FULL_NAME are not both set;"
                    + " this is the program of a qrexec service, and qrexec starts it");
        }
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("QREXEC_REMOTE_DOMAIN is not the name of a qube");
        }
        if (!ARGUMENT.matcher(argument).matches()) {
            throw new IllegalArgumentException(
                    "the argument of quorate.Build is the name of a builder, at most 63 of A-Z a-z 0-9 _ . + -");
        }
        boolean agrees = name.equals(SERVICE + "+" + argument) || name.equals(SERVICE) && argument.isEmpty();
        if (!agrees) {
            throw new IllegalArgumentException("QREXEC_SERVICE_FULL_NAME is not quorate.Build with the argument that"
                    + " QREXEC_SERVICE_ARGUMENT holds");
        }
        return new Invocation(domain, argument.isEmpty() ? Optional.empty() : Optional.of(BuilderId.parse(argument)));
    }
}
