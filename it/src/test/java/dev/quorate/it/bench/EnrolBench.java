package dev.quorate.it.bench;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.Lab;
import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Enrolment of simulated hosts over HTTPS with a coordinator in this process: challenge, credential solved in software,
 * record. Making the hosts' keys is not part of the time. Arguments: a directory, and how many hosts (1000).
 */
final class EnrolBench {
    private static final int CALLERS = 16;

    private EnrolBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "target"), "enrol-bench");
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        var maker = SimulatedHost.Maker.make();
        Files.writeString(directory.resolve("makers.pem"), maker.pem());
        List<SimulatedHost> hosts;
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<SimulatedHost>> making = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "host" + i;
                making.add(threads.submit(() -> maker.host(name)));
            }
            hosts = all(making);
        }
        try (Lab lab = new Lab(directory, 3, "makers: makers.pem\n")) {
            Client client = lab.anonymous();
            long[] warm = enrol(client, hosts.subList(0, Math.min(100, count)), 1);
            long begin = System.nanoTime();
            long[] sorted = enrol(client, hosts, CALLERS);
            print(System.out, warm, sorted, System.nanoTime() - begin);
        }
    }

    private static long[] enrol(Client client, List<SimulatedHost> hosts, int callers) throws Exception {
        List<Future<Long>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            for (SimulatedHost host : hosts) {
                running.add(threads.submit(() -> {
                    long begin = System.nanoTime();
                    enrol(client, host);
                    return System.nanoTime() - begin;
                }));
            }
            long[] sorted = all(running).stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        }
    }

    private static void enrol(Client client, SimulatedHost host) throws Exception {
        Fields challenge = Client.json(accepted(client.post("/v1/enrol/challenge", host.claim())));
        byte[] credential = host.activate(
                challenge.string("blob", Base64Text::decode), challenge.string("secret", Base64Text::decode));
        accepted(client.post(
                "/v1/enrol/host",
                Json.object()
                        .put("challenge", challenge.string("challenge"))
                        .put("credential", Base64Text.encode(credential))
                        .build()));
    }

    private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    private static <T> List<T> all(List<Future<T>> futures) throws Exception {
        List<T> all = new ArrayList<>();
        for (Future<T> future : futures) {
            all.add(future.get());
        }
        return all;
    }

    private static void print(PrintStream out, long[] warm, long[] sorted, long nanos) {
        out.printf(Locale.ROOT, "%-28s %8s %10s %8s %8s%n", "what", "hosts", "hosts/s", "p50 ms", "p99 ms");
        long sum = Arrays.stream(warm).sum();
        row(out, "enrolment, 1 caller, cold", warm, sum);
        row(out, "enrolment, " + CALLERS + " callers", sorted, nanos);
    }

    private static void row(PrintStream out, String what, long[] sorted, long nanos) {
        out.printf(
                Locale.ROOT,
                "%-28s %8d %10.0f %8.2f %8.2f%n",
                what,
                sorted.length,
                sorted.length * 1e9 / nanos,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6);
    }
}
