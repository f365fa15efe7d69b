package dev.quorate.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine that the demo runs on. */
final class Machine {
    private Machine() {}

    /** The CPU's maker, {@code intel}, {@code amd} or {@code other}. */
    static String cpuVendor() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String vendor = lines.filter(line -> line.startsWith("vendor_id"))
                    .findFirst()
                    .orElse("");
            if (vendor.contains("GenuineIntel")) {
                return "intel";
            }
            return vendor.contains("AuthenticAMD") ? "amd" : "other";
        }
    }
}
