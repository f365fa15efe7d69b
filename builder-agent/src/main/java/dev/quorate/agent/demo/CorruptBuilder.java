package dev.quorate.agent.demo;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.digest.Sha256;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** Builds honestly, and then flips one bit in the middle of the first output file. */
record CorruptBuilder(Builder honest) implements Builder {
    @Override
    public BuildResult build(BuildOrder order) throws InterruptedException, IOException {
        return switch (honest.build(order)) {
            case BuildResult.Built built when !built.outputs().files().isEmpty() -> corrupted(built);
            case BuildResult result -> result;
        };
    }

    private static BuildResult corrupted(BuildResult.Built built) throws IOException {
        Output.File victim = built.outputs().files().getFirst();
        Path file = victim.path().below(built.outputDirectory());
        flip(file);
        var changed = new Output.File(victim.path(), victim.executable(), Files.size(file), digest(file));
        var outputs = new OutputSet(built.outputs().outputs().stream()
                .map(output -> output.equals(victim) ? changed : output)
                .toList());
        return new BuildResult.Built(
                outputs, built.outputDirectory(), built.environment(), built.log(), built.duration());
    }

    private static void flip(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            long middle = channel.size() / 2;
            channel.read(one, middle);
            one.put(0, (byte) (one.get(0) ^ 1));
            channel.write(one.rewind(), middle);
        }
    }

    private static Sha256 digest(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.ofDigest(digest.digest());
    }
}
