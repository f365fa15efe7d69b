package dev.quorate.cli.demo;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the demo was asked to do.
 *
 * @param builders how many agents
 * @param threshold how many must agree
 * @param spec what is rebuilt
 * @param directory holds everything the demo makes
 * @param home the checkout or installation, where the examples are
 * @param launcher starts the servers
 * @param isolation the agents' configuration says so
 */
record Plan(
        int builders,
        int threshold,
        Path spec,
        Path directory,
        Path home,
        Path launcher,
        String isolation,
        Leftover leftover) {
    private static final int MOST_BUILDERS = 9;
    private static final String EXAMPLE = "examples/debian-debvm/debvm.rebuild.yaml";

    /** What stays when the demo has ended. */
    enum Leftover {
        /** {@code out/} and the caches. */
        RESULTS,
        /** Also keys, databases, logs and the agents' directories. */
        EVERYTHING
    }

    static Plan of(Arguments arguments, Surroundings here) throws RefusedException {
        int builders = number(arguments, "builders", 3, 2, MOST_BUILDERS);
        int threshold = number(arguments, "threshold", Math.max(2, builders / 2 + 1), 2, builders);
        String isolation = arguments.optional("isolation").orElse("auto");
        if (!List.of("auto", "container", "vm").contains(isolation)) {
            throw new RefusedException("--isolation must be auto, container or vm");
        }
        Path home = here.path(here.variable("QUORATE_HOME")
                .orElseThrow(() -> new RefusedException("the demo is started by the launcher: ./quorate demo")));
        Path launcher = here.path(
                here.variable("QUORATE_LAUNCHER").orElse(home.resolve("quorate").toString()));
        Path spec = arguments.has("spec") ? here.path(arguments.value("spec")) : home.resolve(EXAMPLE);
        if (!Files.isReadable(spec)) {
            throw new RefusedException("the spec " + spec + " cannot be read; give another one with --spec");
        }
        return new Plan(
                builders,
                threshold,
                spec,
                here.path(arguments.optional("dir").orElse("quorate-demo")).normalize(),
                home,
                launcher,
                isolation.equals("vm") ? "vm" : "container",
                arguments.has("keep") ? Leftover.EVERYTHING : Leftover.RESULTS);
    }

    private static int number(Arguments arguments, String option, int otherwise, int least, int most)
            throws RefusedException {
        String text = arguments.optional(option).orElse(Integer.toString(otherwise));
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new RefusedException("--" + option + " must be a whole number from " + least + " to " + most);
    }

    /** Names of the agents. */
    List<String> agents() {
        return IntStream.rangeClosed(1, builders).mapToObj(i -> "b" + i).toList();
    }

    /** The agent that is corrupted in the second half. */
    String corruptible() {
        return agents().getLast();
    }
}
