package dev.quorate.agent.vm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guest says about its build, on a disk of 4 KiB that it can fill with anything.
 *
 * <pre>
 * quorate-guest 1
 * running
 * </pre>
 *
 * as soon as the disks are mounted, and at the end, in its place,
 *
 * <pre>
 * quorate-guest 1
 * ended
 * status 0          of bubblewrap: the command's own, or what the shell makes of a signal
 * executed yes      or no: bubblewrap could not start the command
 * killed 0          processes that the kernel killed for want of memory
 * disk 812          KiB that are used on the build disk
 * outputs whole     or cut: they did not fit on their disk
 * </pre>
 *
 * followed by zeros.
 */
sealed interface GuestReport {
    /** Size of the disk. */
    int BYTES = 4096;

    /** Nothing that a guest of ours would write. */
    record None() implements GuestReport {}

    /** The build was started. */
    record Running() implements GuestReport {}

    /**
     * The build ended.
     *
     * @param executed whether the command was run at all
     * @param killed for want of memory
     * @param diskUse bytes
     * @param whole whether all outputs are on their disk
     */
    record Ended(int status, boolean executed, int killed, long diskUse, boolean whole) implements GuestReport {}

    /** Reads the disk. */
    static GuestReport read(Path disk) throws IOException {
        try (InputStream in = Files.newInputStream(disk)) {
            return parse(in.readNBytes(BYTES));
        }
    }

    /** Reads the disk's bytes. */
    static GuestReport parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher report = Grammar.REPORT.matcher(text);
        if (!report.matches()) {
            return new None();
        }
        return report.group("status") == null
                ? new Running()
                : new Ended(
                        Integer.parseInt(report.group("status")),
                        report.group("executed").equals("yes"),
                        Integer.parseInt(report.group("killed")),
                        Long.parseLong(report.group("disk")) << 10,
                        report.group("outputs").equals("whole"));
    }

    /** The two forms. */
    final class Grammar {
        private static final Pattern REPORT = Pattern.compile("quorate-guest 1\n(?:running\n|ended\n"
                + "status (?<status>[0-9]{1,3})\nexecuted (?<executed>yes|no)\nkilled (?<killed>[0-9]{1,9})\n"
                + "disk (?<disk>[0-9]{1,15})\noutputs (?<outputs>whole|cut)\n)\0*");

        private Grammar() {}
    }
}
