package dev.quorate.it.hosts;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.SoftSnp;
import dev.quorate.host.HostReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays Linux's configfs-tsm with a processor in software. What is written to {@code inblob} is counted in
 * {@code generation}, and then {@code outblob} and {@code auxblob} can be read once; the three are pipes.
 */
final class PlayedTsm implements AutoCloseable {
    private static final String VCEK = "63da758de6644564adc5f4b93be8accd";
    private static final String ASK = "4ab7b379bbac4fe4a02f05aef327c782";
    private static final int DATA = 64;

    final Path entry;
    private final SoftSnp cpu;
    private final Thread kernel;
    private volatile Consumer<ByteBuffer> launched = report -> {};
    private volatile Optional<byte[]> table = Optional.empty();
    private volatile int strangersWrites;
    private volatile boolean isOver;
    private long generation;

    private PlayedTsm(Path entry, SoftSnp cpu) {
        this.entry = entry;
        this.cpu = cpu;
        this.kernel = Thread.ofPlatform().daemon().name("played tsm").unstarted(this::play);
    }

    static PlayedTsm make(Path entry, SoftSnp cpu) throws IOException, InterruptedException {
        Files.createDirectories(entry);
        Files.writeString(entry.resolve("provider"), "sev_guest\n");
        Files.writeString(entry.resolve("generation"), "0\n");
        for (String pipe : new String[] {"inblob", "outblob", "auxblob"}) {
            Process made = new ProcessBuilder("mkfifo", entry.resolve(pipe).toString())
                    .inheritIO()
                    .start();
            if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
                throw new AssertionError("mkfifo: " + made.exitValue());
            }
        }
        var tsm = new PlayedTsm(entry, cpu);
        tsm.kernel.start();
        return tsm;
    }

    /** From now on reports say something else, and are signed then. */
    PlayedTsm launched(Consumer<ByteBuffer> otherwise) {
        launched = otherwise;
        return this;
    }

    /** From now on the host gives this as its certificate table. */
    PlayedTsm table(byte[] bytes) {
        table = Optional.of(bytes);
        return this;
    }

    /** Somebody else writes as often between an agent's writing and its reading. */
    PlayedTsm contended(int writes) {
        strangersWrites = writes;
        return this;
    }

    private void play() {
        try {
            while (true) {
                byte[] data = Files.readAllBytes(entry.resolve("inblob"));
                if (isOver) {
                    return;
                }
                generation += 1 + strangersWrites;
                Files.writeString(entry.resolve("generation"), generation + "\n");
                HostReport.SevSnp report = cpu.report(Sha256.ofDigest(Arrays.copyOf(data, Sha256.LENGTH)), bytes -> {
                    if (data.length != DATA) {
                        throw new AssertionError("report data of " + data.length + " bytes");
                    }
                    bytes.put(0x50, data);
                    launched.accept(bytes);
                });
                Files.write(entry.resolve("outblob"), report.report().bytes(), StandardOpenOption.WRITE);
                Files.write(entry.resolve("auxblob"), table.orElseGet(() -> table(report)), StandardOpenOption.WRITE);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] table(HostReport.SevSnp report) {
        byte[] vcek = report.certificates().getFirst().bytes();
        byte[] ask = report.certificates().getLast().bytes();
        var table = new ByteArrayOutputStream();
        table.writeBytes(entry(VCEK, 3 * 24, vcek.length));
        table.writeBytes(entry(ASK, 3 * 24 + vcek.length, ask.length));
        table.writeBytes(new byte[24]);
        table.writeBytes(vcek);
        table.writeBytes(ask);
        return table.toByteArray();
    }

    private static byte[] entry(String guid, int offset, int length) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HexFormat.of().parseHex(guid))
                .putInt(offset)
                .putInt(length)
                .array();
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        Files.write(entry.resolve("inblob"), new byte[DATA], StandardOpenOption.WRITE);
        try {
            kernel.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
