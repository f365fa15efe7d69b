package dev.quorate.agent.vm;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A kernel of this host with its modules.
 *
 * @param image a {@code vmlinuz}, which QEMU loads
 * @param release as {@code uname -r} prints it
 * @param modules the directory of {@code modules.dep}
 */
public record GuestKernel(Path image, String release, Path modules) {
    private static final String PREFIX = "vmlinuz-";

    /** The kernel that guests of this host run: the newest of those for clouds, or else the newest. */
    public static Optional<GuestKernel> find() throws IOException {
        return find(Path.of("/boot"), Path.of("/lib/modules"));
    }

    static Optional<GuestKernel> find(Path boot, Path modules) throws IOException {
        List<GuestKernel> all = new ArrayList<>();
        if (Files.isDirectory(boot)) {
            try (DirectoryStream<Path> images = Files.newDirectoryStream(boot, PREFIX + "*")) {
                for (Path image : images) {
                    String release = image.getFileName().toString().substring(PREFIX.length());
                    Path own = modules.resolve(release);
                    if (Files.isReadable(image) && Files.isReadable(own.resolve("modules.dep"))) {
                        all.add(new GuestKernel(image, release, own));
                    }
                }
            }
        }
        return all.stream()
                .max(Comparator.comparing((GuestKernel kernel) -> kernel.release.contains("cloud"))
                        .thenComparing(GuestKernel::release, GuestKernel::byNumbers));
    }

    /** What it is, exactly. */
    public Sha256 digest() throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(image), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.ofDigest(digest.digest());
    }

    /** 6.1.0-9 is older than 6.1.0-56. */
    private static int byNumbers(String a, String b) {
        String[] left = a.split("[^0-9]+");
        String[] right = b.split("[^0-9]+");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = Integer.compare(number(left[i]), number(right[i]));
            if (order != 0) {
                return order;
            }
        }
        return a.compareTo(b);
    }

    private static int number(String digits) {
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }
}
