package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.Asker;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request, after its route's role was checked.
 *
 * @param path values of the path's parameters
 * @param query values of the query's parameters
 * @param header reads a header
 * @param who asks, if a builder does
 * @param limit longest body that is read into memory
 */
record Exchange(
        Map<String, String> path,
        Map<String, String> query,
        Function<String, Optional<String>> header,
        Optional<Asker> who,
        int limit,
        Body body) {
    private static final int MOST_WAIT = 60;

    /** The builder that a {@link Role#BUILDER} route has. */
    BuilderId asker() {
        return shown().builder();
    }

    /** The same with what its certificate says of its host. */
    Asker shown() {
        return who.orElseThrow();
    }

    /** The builder that asks, if one does. */
    Optional<BuilderId> builder() {
        return who.map(Asker::builder);
    }

    <T> T path(String name, Function<String, T> parser) throws ProblemException {
        return parsed(name, path.get(name), parser);
    }

    <T> T query(String name, Function<String, T> parser) throws ProblemException {
        String value = query.get(name);
        if (value == null) {
            throw new ProblemException(Problem.malformed("the query parameter " + name + " is missing"));
        }
        return parsed(name, value, parser);
    }

    /** How long the asker is willing to wait, in seconds. */
    Duration waitFromQuery() throws ProblemException {
        return query.containsKey("wait") ? query("wait", Exchange::seconds) : Duration.ZERO;
    }

    static Duration seconds(String digits) {
        if (!digits.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("must be a number of seconds");
        }
        return seconds(Long.parseLong(digits));
    }

    static Duration seconds(long count) {
        return Duration.ofSeconds(Math.clamp(count, 0, MOST_WAIT));
    }

    private static <T> T parsed(String name, String value, Function<String, T> parser) throws ProblemException {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.malformed(name + ": " + e.getMessage()));
        }
    }

    /** Reads the body as a JSON object. */
    <T> T json(Fields.Shape<T> shape) throws ProblemException, IOException, InterruptedException {
        try {
            return shape.read(Fields.of(JsonReader.read(bytes(), limit, "body"), "body"));
        } catch (MalformedException e) {
            throw new ProblemException(Problem.malformed(e.getMessage()));
        }
    }

    private byte[] bytes() throws ProblemException, IOException, InterruptedException {
        var all = new ByteArrayOutputStream();
        for (Optional<byte[]> piece = body.next(); piece.isPresent(); piece = body.next()) {
            if (all.size() + piece.get().length > limit) {
                throw new ProblemException(new Problem(
                        413, "too-long", "The body is too long", "a body here has at most " + limit + " bytes"));
            }
            all.writeBytes(piece.get());
        }
        return all.toByteArray();
    }
}
