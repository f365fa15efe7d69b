package dev.quorate.cli.doctor;

import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine that is examined.
 *
 * @param searchPath value of {@code PATH}
 * @param data where data would go
 * @param launcher starts the agent's programs
 */
record Machine(String searchPath, Path data, Optional<String> launcher) {
    private static final long GIB = 1L << 30;
    private static final long NEEDED_GIB = 5;
    /** Two boots, of which one may hang. */
    private static final long MACHINE_SECONDS = 150;

    List<Finding> examine() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("JDK", Runtime.version() + " in " + System.getProperty("java.home")));
        findings.add(program("maven", "mvn", "maven", "building Quorate and locking Maven specs"));
        findings.add(bubblewrap());
        findings.add(program("mmdebstrap", "mmdebstrap", "mmdebstrap", "root file systems of builds"));
        findings.add(program("fakeroot", "fakeroot", "fakeroot", "root file systems without root"));
        findings.add(program("git", "git", "git", "specs with Git sources"));
        findings.add(aptSources());
        findings.add(keyring());
        findings.add(cgroups());
        findings.add(disk());
        findings.add(virtualMachines());
        findings.addAll(new HostShow(Path.of("/")).findings());
        findings.add(optional("swtpm", "swtpm", "swtpm swtpm-tools", "trying out host evidence without a TPM"));
        findings.add(optional("diffoscope", "diffoscope", "diffoscope-minimal", "looking into files that differ"));
        return findings;
    }

    private Optional<Path> find(String program) {
        return Tool.find(searchPath, program);
    }

    private Finding program(String name, String program, String packages, String purpose) {
        return find(program)
                .map(path -> Finding.ok(name, path.toString()))
                .orElseGet(() ->
                        Finding.missing(name, "not on the PATH; needed for " + purpose, "apt-get install " + packages));
    }

    private Finding optional(String name, String program, String packages, String purpose) {
        return find(program)
                .map(path -> Finding.ok(name, path.toString()))
                .orElseGet(() ->
                        Finding.limited(name, "not on the PATH; only for " + purpose, "apt-get install " + packages));
    }

    private Finding bubblewrap() throws InterruptedException {
        Optional<Path> bwrap = find("bwrap");
        if (bwrap.isEmpty()) {
            return program("bubblewrap", "bwrap", "bubblewrap", "isolating builds");
        }
        List<String> sandbox = List.of(
                bwrap.get().toString(), "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--", "/bin/true");
        Tool.Trial trial = Tool.run(sandbox);
        return trial.works()
                ? Finding.ok("bubblewrap", bwrap.get() + ", and all namespaces can be unshared")
                : Finding.missing(
                        "bubblewrap",
                        "is there and cannot make a sandbox: " + trial.output(),
                        "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, and where AppArmor forbids"
                                + " them, kernel.apparmor_restrict_unprivileged_userns=0");
    }

    private static Finding aptSources() {
        Path list = Path.of("/etc/apt/sources.list");
        Path directory = Path.of("/etc/apt/sources.list.d");
        try (Stream<Path> parts = Files.isDirectory(directory) ? Files.list(directory) : Stream.empty()) {
            boolean any = Files.isRegularFile(list) && Files.size(list) > 0
                    || parts.anyMatch(part -> part.toString().matches(".*\\.(list|sources)"));
            if (any) {
                return Finding.ok("apt sources", "below /etc/apt");
            }
        } catch (IOException e) {
            return Finding.missing("apt sources", "cannot be read", "let this user read /etc/apt");
        }
        return Finding.missing(
                "apt sources", "none below /etc/apt", "write a Debian mirror into /etc/apt/sources.list.d");
    }

    private static Finding keyring() {
        Path keyring = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
        return Files.isReadable(keyring)
                ? Finding.ok("Debian keyring", keyring.toString())
                : Finding.missing("Debian keyring", "not there", "apt-get install debian-archive-keyring");
    }

    private static Finding cgroups() {
        Path root = Path.of("/sys/fs/cgroup");
        if (Files.exists(root.resolve("cgroup.controllers"))) {
            return Files.isWritable(root)
                    ? Finding.ok("cgroups", "v2, writable")
                    : Finding.limited(
                            "cgroups",
                            "v2, not writable by this user: memory and process limits fall back to rlimits",
                            "run the agent as a systemd service with Delegate=yes");
        }
        if (Files.isWritable(root.resolve("memory")) && Files.isWritable(root.resolve("pids"))) {
            return Finding.ok("cgroups", "v1, memory and pids writable");
        }
        return Finding.limited(
                "cgroups", "none writable: memory and process limits fall back to rlimits", "run the agent as root");
    }

    private Finding disk() {
        try {
            FileStore store = Files.getFileStore(data);
            long free = store.getUsableSpace() / GIB;
            String detail = free + " GiB free at " + data;
            return free >= NEEDED_GIB
                    ? Finding.ok("disk", detail)
                    : Finding.missing("disk", detail, "free " + NEEDED_GIB + " GiB or name another --dir");
        } catch (IOException e) {
            return Finding.missing("disk", data + " is not there", "make it or name another --dir");
        }
    }

    /** The agent knows, and tries it: it is asked through the launcher. */
    private Finding virtualMachines() throws InterruptedException {
        String name = "virtual machines";
        if (launcher.isEmpty()) {
            return Finding.limited(name, "not looked at", "start this as ./quorate doctor");
        }
        Tool.Trial trial = Tool.run(List.of(launcher.get(), "agent", "machine"), MACHINE_SECONDS);
        try {
            Fields said = Fields.of(JsonReader.read(trial.output(), "agent machine"), "agent machine");
            if (said.has("missing")) {
                return Finding.limited(
                        name,
                        "something is missing; only for isolation: vm",
                        String.join("; ", said.strings("missing", 50, text -> text)));
            }
            boolean emulated = said.string("accelerator").equals("tcg");
            return Finding.ok(
                    name,
                    (emulated ? "emulated, some 20 times slower: " : "with KVM: ") + said.string("why") + "; kernel "
                            + said.string("kernel"));
        } catch (MalformedException e) {
            return Finding.limited(name, "could not be tried: " + trial.output(), "look into that message");
        }
    }
}
