package dev.quorate.agent.protocol;

import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.util.Optional;
import java.util.Set;

/**
 * An error answer (RFC 9457).
 *
 * @param type last segment of the type URI
 */
record Problem(int status, String type, String detail) {
    private static final String LEASE_LOST = "lease-lost";
    private static final Set<Integer> LATER = Set.of(408, 425, 429, 500, 502, 503, 504, 507);

    static Problem of(Answer answer) {
        try {
            Fields fields = answer.fields();
            String type = text(fields, "type").orElse("");
            String detail =
                    text(fields, "detail").or(() -> text(fields, "title")).orElse("no detail");
            return new Problem(answer.status(), type.substring(lastMark(type) + 1), detail);
        } catch (MalformedException e) {
            return new Problem(answer.status(), "", "no problem detail");
        }
    }

    CoordinatorException exception() {
        String message = "the coordinator answered " + status + " " + Printable.of(type) + ": " + Printable.of(detail);
        if (status == 409 && type.equals(LEASE_LOST)) {
            return new LeaseLostException(message);
        }
        return LATER.contains(status) ? new UnreachableException(message) : new RefusedException(message);
    }

    private static int lastMark(String type) {
        return Math.max(type.lastIndexOf('/'), Math.max(type.lastIndexOf(':'), type.lastIndexOf('#')));
    }

    private static Optional<String> text(Fields fields, String name) {
        try {
            return fields.has(name) ? Optional.of(fields.string(name)) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
