package dev.quorate.cli.trust;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.LaunchDigest;
import dev.quorate.trust.SnpProfile;
import dev.quorate.trust.SnpTcb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reference values of confidential VMs as options: {@code --measurement HEX}, {@code --tcb snp=22}, {@code --vmpl 2}.
 */
final class LaunchOptions {
    private static final List<String> TPM = List.of("pcr", "event", "allow", "event-log", "drtm", "ima", "reference");
    private static final List<String> PARTS = List.of("fmc", "bootLoader", "tee", "snp", "microcode");

    private LaunchOptions() {}

    static boolean areGiven(Arguments arguments) {
        return arguments.has("measurement") || arguments.has("tcb") || arguments.has("vmpl");
    }

    /** The profile that the options describe. */
    static SnpProfile profile(Arguments arguments) throws RefusedException {
        for (String option : TPM) {
            if (arguments.has(option)) {
                throw arguments.refused("a profile is for a TPM (--" + option
                        + ") or for confidential VMs (--measurement, --tcb, --vmpl); make two");
            }
        }
        List<LaunchDigest> measurements = new ArrayList<>();
        for (String text : arguments.all("measurement")) {
            try {
                measurements.add(LaunchDigest.parse(text));
            } catch (IllegalArgumentException e) {
                throw arguments.refused("--measurement needs the 96 lower-case hex digits of a launch digest, not "
                        + Printable.quote(text));
            }
        }
        if (measurements.isEmpty()) {
            throw arguments.refused("a profile of confidential VMs needs a --measurement");
        }
        SnpTcb tcb = tcb(arguments);
        int vmpl = arguments.optional("vmpl", LaunchOptions::vmpl).orElse(0);
        return arguments.value("name", name -> new SnpProfile(name, measurements, tcb, vmpl));
    }

    private static int vmpl(String text) {
        if (!text.matches("[0-3]")) {
            throw new IllegalArgumentException("must be a privilege level from 0 to 3");
        }
        return Integer.parseInt(text);
    }

    private static SnpTcb tcb(Arguments arguments) throws RefusedException {
        Map<String, Integer> least = new TreeMap<>();
        for (String text : arguments.all("tcb")) {
            String part = text.substring(0, Math.max(0, text.indexOf('=')));
            String version = text.substring(text.indexOf('=') + 1);
            boolean isVersion = version.matches("[0-9]{1,3}") && Integer.parseInt(version) <= SnpTcb.MOST;
            if (!PARTS.contains(part) || !isVersion || least.put(part, Integer.parseInt(version)) != null) {
                throw arguments.refused("--tcb has the form PART=N, each of " + String.join(", ", PARTS)
                        + " at most once and N up to " + SnpTcb.MOST + ", not " + Printable.quote(text));
            }
        }
        return new SnpTcb(
                least.getOrDefault("fmc", 0),
                least.getOrDefault("bootLoader", 0),
                least.getOrDefault("tee", 0),
                least.getOrDefault("snp", 0),
                least.getOrDefault("microcode", 0));
    }
}
