package dev.quorate.agent.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.sandbox.SandboxFixture;
import dev.quorate.agent.vm.GuestKernel;
import dev.quorate.agent.vm.InitialRamDisk;
import dev.quorate.agent.vm.MachineFixture;
import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is computed from files is what a machine with firmware and a TPM, both in software, measures. */
class MeasuredBootTest {
    private static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    private static final String COMMAND_LINE = "console=ttyS0 quiet panic=-1";
    private static final int MEMORY_MIB = 512;
    /** An emulated machine comes to a standstill now and then; nothing is lost by another start. */
    private static final int STARTS = 3;

    private static final Pattern REGISTER = Pattern.compile("PCR ([0-9]+) ([0-9A-F]{64})");
    private static final String INIT = """
            #!/bin/busybox sh
            /bin/busybox mkdir -p /sys
            /bin/busybox mount -t sysfs sysfs /sys
            for n in 4 7 9; do echo "PCR $n $(/bin/busybox cat /sys/class/tpm/tpm0/pcr-sha256/$n)"; done
            exec /bin/busybox poweroff -f
            """;

    @TempDir
    Path directory;

    @Test
    void aMachineMeasuresWhatTheFilesSay() throws Exception {
        MachineFixture.need();
        SandboxFixture.need("swtpm");
        SandboxFixture.need("swtpm_setup");
        MachineFixture.need(FIRMWARE, "ovmf");
        GuestKernel kernel = GuestKernel.find().orElseThrow();
        Path initrd = directory.resolve("initrd");
        new InitialRamDisk()
                .program("/init", INIT.getBytes(StandardCharsets.UTF_8))
                .program("/bin/busybox", Files.readAllBytes(Path.of("/bin/busybox")))
                .write(initrd);
        SortedMap<Integer, Sha256> computed = MeasuredBoot.of(
                        Files.readAllBytes(kernel.image()),
                        Files.readAllBytes(initrd),
                        COMMAND_LINE,
                        (long) MEMORY_MIB << 20)
                .registers();
        Path console = boot(kernel.image(), initrd);
        Map<Integer, Sha256> measured = new TreeMap<>();
        Matcher register = REGISTER.matcher(Files.readString(console, StandardCharsets.ISO_8859_1));
        while (register.find()) {
            measured.put(
                    Integer.valueOf(register.group(1)),
                    Sha256.parse(register.group(2).toLowerCase(Locale.ROOT)));
        }
        assertEquals(computed, measured);
    }

    @Test
    void aFileThatIsNoKernelIsRefused() {
        for (byte[] bytes : List.of(new byte[0], new byte[8192], "MZ".getBytes(StandardCharsets.US_ASCII))) {
            assertThrows(IllegalArgumentException.class, () -> MeasuredBoot.of(bytes, new byte[1], "", 1 << 29));
            assertThrows(IllegalArgumentException.class, () -> PortableExecutable.digest(bytes));
        }
    }

    private Path boot(Path kernel, Path initrd) throws IOException, InterruptedException {
        Path state = Files.createDirectory(directory.resolve("tpm"));
        Process setup =
                start("setup.log", "swtpm_setup", "--tpm2", "--tpmstate", state.toString(), "--pcr-banks", "sha256");
        assertTrue(ends(setup), () -> said("setup.log"));
        for (int start = 1; start <= STARTS; start++) {
            if (ranToItsEnd(kernel, initrd, state)) {
                return directory.resolve("console");
            }
        }
        throw new AssertionError("it came to a standstill " + STARTS + " times; its console: " + said("console"));
    }

    private boolean ranToItsEnd(Path kernel, Path initrd, Path state) throws IOException, InterruptedException {
        Path socket = directory.resolve("tpm.ctrl");
        Files.deleteIfExists(socket);
        Process tpm = start(
                "swtpm.log",
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state,
                "--ctrl",
                "type=unixio,path=" + socket,
                "--terminate");
        try {
            MachineFixture.await(() -> Files.exists(socket));
            Path variables = Files.copy(VARIABLES, directory.resolve("variables"), StandardCopyOption.REPLACE_EXISTING);
            return ends(start("console", command(kernel, initrd, variables, socket)));
        } finally {
            tpm.destroyForcibly().waitFor();
        }
    }

    private static String[] command(Path kernel, Path initrd, Path variables, Path tpm) {
        return new String[] {
            "qemu-system-x86_64",
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            "-nic",
            "none",
            "-machine",
            "pc-q35-7.2,usb=off,vmport=off,smm=off",
            "-accel",
            "tcg,thread=multi,tb-size=256",
            "-cpu",
            "Nehalem-v1",
            "-smp",
            "2",
            "-m",
            MEMORY_MIB + "M",
            "-no-reboot",
            "-drive",
            "if=pflash,format=raw,unit=0,readonly=on,file=" + FIRMWARE,
            "-drive",
            "if=pflash,format=raw,unit=1,file=" + variables,
            "-chardev",
            "socket,id=tpm,path=" + tpm,
            "-tpmdev",
            "emulator,id=vtpm,chardev=tpm",
            "-device",
            "tpm-crb,tpmdev=vtpm",
            "-kernel",
            kernel.toString(),
            "-initrd",
            initrd.toString(),
            "-append",
            COMMAND_LINE,
            "-serial",
            "stdio"
        };
    }

    private Process start(String log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(directory.resolve(log).toFile())
                .start();
    }

    private static boolean ends(Process process) throws InterruptedException {
        try {
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            assertTrue(!ended || process.exitValue() == 0, () -> "it ended with " + process.exitValue());
            return ended;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private String said(String log) {
        try {
            return Files.readString(directory.resolve(log), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
