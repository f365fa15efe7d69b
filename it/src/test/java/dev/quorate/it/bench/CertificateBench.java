package dev.quorate.it.bench;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.FakeAgent;
import dev.quorate.coordinator.Lab;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.CanonicalJson;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.round.BuilderId;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How long it takes from the last builder's reveal until the certificate is durable and the coordinator says so, through
 * HTTPS, with the coordinator's own database and log, beside writes and fdatasync of as many bytes on the same disk.
 * Arguments: a directory, and how many rounds (100).
 */
final class CertificateBench {
    private static final byte[] RESULT = "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8);
    /** Log: the proof's entry, the certificate's. Database: proven, counted, certified, and what the round is about. */
    private static final int FORCES = 6;

    private CertificateBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(
                Path.of(args.length > 0 ? args[0] : "target").toAbsolutePath(), "certificate-bench");
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        PrintStream out = System.out;
        var certificates = new long[rounds];
        int volume = 0;
        try (Lab lab = new Lab(directory, 3, "")) {
            List<FakeAgent> agents = agents(lab);
            P256Key certifier =
                    lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
            Client anyone = lab.anonymous();
            for (int i = 0; i < rounds; i++) {
                String round = untilLastReveal(lab, anyone, agents, certifier, i);
                FakeAgent last = agents.getLast();
                for (byte[] blob : List.of(FakeAgent.LOG, FakeAgent.ENVIRONMENT, RESULT)) {
                    require(last.put(blob));
                }
                Envelope proof = last.proof(FakeAgent.built(RESULT), OptionalLong.of(last.commitmentIndex));
                long begin = System.nanoTime();
                require(last.say("proof", proof));
                // The events end when the round is logged, which is when its certificate is durable.
                String events = text(anyone.get("/v1/rounds/" + round + "/events"));
                certificates[i] = System.nanoTime() - begin;
                if (!events.contains("\"state\":\"LOGGED\"") || !events.contains("CERTIFIED")) {
                    throw new AssertionError(events);
                }
                volume = volume(
                        Kit.parse(anyone.get("/v1/rounds/" + round + "/kit").body(), "kit"));
            }
        }
        out.printf(Locale.ROOT, "%-44s %10s %10s %10s%n", "what", "p50 ms", "p90 ms", "p99 ms");
        print(out, "last reveal to durable certificate (SQLite)", certificates);
        print(
                out,
                FORCES + " writes and fdatasync of " + volume + " bytes in all",
                bare(directory, rounds, volume, FORCES));
        print(out, "1 write and fdatasync of " + volume + " bytes", bare(directory, rounds, volume, 1));
    }

    private static List<FakeAgent> agents(Lab lab) throws Exception {
        List<FakeAgent> agents = new ArrayList<>();
        for (String name : List.of("b1", "b2", "b3")) {
            var id = new BuilderId(name);
            agents.add(new FakeAgent(id, lab.as(id), lab.builders.get(id)));
        }
        return agents;
    }

    private static String untilLastReveal(Lab lab, Client anyone, List<FakeAgent> agents, P256Key certifier, int number)
            throws Exception {
        HttpResponse<byte[]> opened = anyone.post(
                "/v1/rounds",
                lab.submission(Lab.spec("hello", "1." + number, RESULT), List.of())
                        .json());
        require(opened);
        for (FakeAgent agent : agents) {
            require(agent.lease(0, certifier));
            agent.commit(FakeAgent.built(RESULT));
        }
        for (FakeAgent agent : agents.subList(0, agents.size() - 1)) {
            require(agent.reveal(RESULT));
        }
        return Client.json(opened).string("round");
    }

    /** Bytes that have to be kept: the last proof and the certificate, in the database and as log entries. */
    private static int volume(Kit kit) {
        List<Bundle> lines = kit.bundles();
        return lines.subList(lines.size() - 2, lines.size()).stream()
                .mapToInt(line -> CanonicalJson.bytes(line.envelope().json()).length
                        + line.entry().body().length)
                .sum();
    }

    private static long[] bare(Path directory, int rounds, int volume, int forces) throws Exception {
        var times = new long[rounds];
        try (FileChannel channel = FileChannel.open(
                directory.resolve("bare" + forces), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < rounds; i++) {
                long begin = System.nanoTime();
                for (int force = 0; force < forces; force++) {
                    channel.write(ByteBuffer.allocate(volume / forces));
                    channel.force(false);
                }
                times[i] = System.nanoTime() - begin;
            }
        }
        return times;
    }

    private static void require(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + text(answer));
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static void print(PrintStream out, String what, long[] times) {
        long[] sorted = java.util.Arrays.stream(times).sorted().toArray();
        out.printf(Locale.ROOT, "%-44s %10.2f %10.2f %10.2f%n", what, at(sorted, 50), at(sorted, 90), at(sorted, 99));
    }

    private static double at(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }
}
