package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A host's own network: one link to this machine, where the coordinator is, and nothing else. */
record NetworkNamespace(String name) implements AutoCloseable {
    /** Two runs at once on one machine have hosts of other addresses. */
    private static final long FIRST = ProcessHandle.current().pid() % 60 * 4;

    /** This machine's address on the first host's link, to which the others have a route. */
    static final String COORDINATOR = network(1) + "1";

    /** Skips the test where namespaces cannot be made, and fails it in CI. */
    static void need() throws IOException, InterruptedException {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean able = root
                && Stream.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip").anyMatch(ip -> Files.isExecutable(Path.of(ip)));
        String sentence = "hosts with networks of their own need root and iproute2: run ./quorate test as root";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(able, sentence);
        }
        assumeTrue(able, sentence);
    }

    /**
     * Makes one.
     *
     * @param number of the host, 1 to 4
     */
    static NetworkNamespace make(int number) throws IOException, InterruptedException {
        String name = "quorate-" + ProcessHandle.current().pid() + "-" + number;
        String link = "qh" + Long.toString(ProcessHandle.current().pid() % 46_656, 36) + "x" + number;
        String network = network(number);
        run("ip", "netns", "add", name);
        var made = new NetworkNamespace(name);
        try {
            run("ip", "link", "add", link, "type", "veth", "peer", "name", "uplink", "netns", name);
            run("ip", "address", "add", network + "1/30", "dev", link);
            run("ip", "link", "set", link, "up");
            run("ip", "-n", name, "address", "add", network + "2/30", "dev", "uplink");
            run("ip", "-n", name, "link", "set", "uplink", "up");
            run("ip", "-n", name, "link", "set", "lo", "up");
            run("ip", "-n", name, "route", "add", "default", "via", network + "1");
            return made;
        } catch (AssertionError e) {
            made.close();
            throw e;
        }
    }

    private static String network(int number) {
        return "10.213." + (FIRST + number) + ".";
    }

    /** The same command on that host. */
    ProcessBuilder within(ProcessBuilder command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(command.command());
        return command.command(words);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
    }

    /** Removes it, and with it both ends of its link. */
    @Override
    public void close() {
        try {
            run("ip", "netns", "delete", name);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
