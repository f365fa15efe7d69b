package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A virtual machine that boots images of {@code agent image}: QEMU with OVMF and a software TPM, on a network of its own. */
final class BuilderMachine implements AutoCloseable {
    private static final Path CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    /** How long a start may take. An emulated machine stands still now and then; then its plug is pulled. */
    private static final int PATIENCE_SECONDS = 300;

    private static final int STARTS = 3;

    private static final int CONFIGURATION_BYTES = 1 << 16;
    private static final String SAID = "quorate: {";
    private static final String SERVES = " agent ready ";

    private final Path directory;
    private final Path state;
    private final NetworkNamespace network;
    private final List<Process> running = new ArrayList<>();

    private BuilderMachine(Path directory, Path state, NetworkNamespace network) {
        this.directory = directory;
        this.state = state;
        this.network = network;
    }

    /** Skips the test where a program is missing, and fails it in CI. */
    static void need() {
        List<Path> all = List.of(
                CODE,
                Path.of("/usr/bin/qemu-system-x86_64"),
                Path.of("/usr/bin/mksquashfs"),
                Path.of("/usr/bin/mmdebstrap"),
                Path.of("/usr/bin/bwrap"),
                Path.of("/usr/bin/dpkg-deb"),
                Path.of("/sbin/mkfs.ext4"),
                Path.of("/bin/busybox"));
        List<Path> missing = all.stream().filter(path -> !Files.exists(path)).toList();
        String sentence = "a builder's machine needs " + missing + ", or run ./quorate test";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(missing.isEmpty(), sentence);
        }
        assumeTrue(missing.isEmpty(), sentence);
    }

    /** A machine with empty disks that was never started. */
    static BuilderMachine make(Path directory, NetworkNamespace network) throws IOException, InterruptedException {
        var machine = new BuilderMachine(directory, SoftwareTpm.manufacture(directory), network);
        machine.disk("config", CONFIGURATION_BYTES);
        machine.disk("data", 1L << 30);
        machine.disk("scratch", 512L << 20);
        return machine;
    }

    private void disk(String name, long bytes) throws IOException {
        try (var file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    /** Fills the data disk as an earlier life of the machine would have. */
    void fill(Path content) throws IOException, InterruptedException {
        run("/sbin/mkfs.ext4", "-q", "-F", "-d", content.toString(), path("data"));
    }

    /** Writes the configuration, also while the machine runs. */
    void configure(String settings, Path certificate, Path trust) throws IOException, InterruptedException {
        Path parts = Files.createDirectories(directory.resolve("parts"));
        Files.writeString(parts.resolve("settings"), settings);
        Files.copy(certificate, parts.resolve("coordinator.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(trust, parts.resolve("trust.json"), StandardCopyOption.REPLACE_EXISTING);
        run("tar", "-cf", path("config.tar"), "-C", parts.toString(), "settings", "coordinator.pem", "trust.json");
        byte[] tar = Files.readAllBytes(directory.resolve("config.tar"));
        try (var file = new RandomAccessFile(directory.resolve("config").toFile(), "rw")) {
            file.write(Arrays.copyOf(tar, CONFIGURATION_BYTES));
        }
    }

    private void boot(Path image) throws IOException, InterruptedException {
        Path socket = directory.resolve("tpm.ctrl");
        Files.deleteIfExists(socket);
        Files.copy(VARIABLES, directory.resolve("variables"), StandardCopyOption.REPLACE_EXISTING);
        Process tpm = start(
                "swtpm.log",
                new ProcessBuilder(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state,
                        "--ctrl",
                        "type=unixio,path=" + socket,
                        "--terminate"));
        while (!Files.exists(socket)) {
            assertTrue(!tpm.waitFor(50, TimeUnit.MILLISECONDS), () -> written("swtpm.log"));
        }
        start("console", network.within(new ProcessBuilder(command(image, socket))));
    }

    private List<String> command(Path image, Path tpm) throws IOException {
        List<String> words = new ArrayList<>(List.of("qemu-system-x86_64", "-nodefaults", "-no-user-config"));
        words.addAll(List.of("-display", "none", "-machine", "pc-q35-7.2,usb=off,vmport=off,smm=off"));
        words.addAll(List.of("-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max", "-smp", "2"));
        words.addAll(List.of("-m", "3072M", "-no-reboot", "-serial", "stdio"));
        words.addAll(List.of("-drive", "if=pflash,format=raw,unit=0,readonly=on,file=" + CODE));
        words.addAll(List.of("-drive", "if=pflash,format=raw,unit=1,file=" + path("variables")));
        words.addAll(List.of("-chardev", "socket,id=tpm,path=" + tpm, "-tpmdev", "emulator,id=vtpm,chardev=tpm"));
        words.addAll(List.of("-device", "tpm-crb,tpmdev=vtpm", "-nic", "user,model=virtio-net-pci"));
        drive(words, "root", image.resolve("root.img").toString(), "readonly=on");
        drive(words, "config", path("config"), "readonly=on");
        drive(words, "data", path("data"), "cache=unsafe");
        drive(words, "scratch", path("scratch"), "cache=unsafe");
        words.addAll(List.of("-kernel", image.resolve("vmlinuz").toString()));
        words.addAll(List.of("-initrd", image.resolve("initrd").toString()));
        words.addAll(List.of("-append", Files.readString(image.resolve("cmdline"))));
        return words;
    }

    private static void drive(List<String> words, String name, String file, String option) {
        words.addAll(List.of("-drive", "if=none,id=" + name + ",format=raw,file=" + file + "," + option));
        words.addAll(List.of("-device", "virtio-blk-pci,drive=" + name + ",serial=" + name));
    }

    /** What it says of itself once it has enrolled, booted from an image: its keys, and the record for root key holders. */
    List<Fields> introduction(Path image) throws Exception {
        boot(image, console -> said(console).size() >= 2);
        List<Fields> parsed = new ArrayList<>();
        for (String line : said(console()).subList(0, 2)) {
            parsed.add(Fields.of(JsonReader.read(line, "console"), "console"));
        }
        return parsed;
    }

    private static List<String> said(String console) {
        return console.lines()
                .filter(line -> line.contains(SAID) && line.endsWith("}"))
                .map(line -> line.substring(line.indexOf(SAID) + SAID.length() - 1))
                .toList();
    }

    /** Starts the machine, and waits until its agent serves the coordinator. */
    void serve(Path image) throws IOException, InterruptedException {
        boot(image, console -> console.contains(SERVES));
    }

    private void boot(Path image, Predicate<String> isUp) throws IOException, InterruptedException {
        for (int start = 1; start <= STARTS; start++) {
            close();
            boot(image);
            if (comesUp(isUp)) {
                return;
            }
        }
        throw new AssertionError("the machine came to a standstill " + STARTS + " times: " + console());
    }

    private boolean comesUp(Predicate<String> isUp) throws InterruptedException {
        Process machine = running.getLast();
        for (int tenths = 0; tenths < 10 * PATIENCE_SECONDS; tenths++) {
            if (isUp.test(console())) {
                return true;
            }
            assertTrue(!machine.waitFor(100, TimeUnit.MILLISECONDS), this::console);
        }
        return false;
    }

    /** What it printed since it was started. */
    String console() {
        return written("console").replace("\r", "");
    }

    private String written(String log) {
        try {
            return Files.readString(directory.resolve(log), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private Process start(String log, ProcessBuilder command) throws IOException {
        Process process = command.redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve(log).toFile())
                .start();
        running.add(process);
        return process;
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        assertTrue(process.waitFor() == 0, () -> String.join(" ", command) + ": " + written("said"));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    /** Pulls the plug. */
    @Override
    public void close() {
        for (Process process : running.reversed()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        try {
            for (Process process : running) {
                process.waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.clear();
    }
}
