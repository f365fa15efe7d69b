package dev.quorate.agent.vm;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** QEMU's command line: the same machine on every host, with nothing that was not asked for. */
final class QemuCommand {
    /** Where the sandbox shows the machine's files. */
    static final String KERNEL = "/machine/kernel";

    static final String RAM_DISK = "/machine/initrd";
    static final String ROOT = "/machine/root";
    static final String INPUTS = "/machine/inputs";
    static final String DISKS = "/build";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final String SECCOMP = "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";
    /** A character device on standard input would end with it, so the log is a file that is the standard output. */
    private static final String START = "exec 3>&1; exec \"$@\"";

    private final List<String> words = new ArrayList<>();

    private QemuCommand() {}

    /** A machine without disks, whose console is the log. */
    static List<String> bare(Accelerator accelerator, long memoryMib) {
        var command = new QemuCommand();
        command.machine(accelerator, memoryMib, Instant.EPOCH);
        command.add("-chardev", "file,id=console,path=/dev/fdset/1,append=on", "-serial", "chardev:console");
        return command.words;
    }

    /** A machine for a build, whose log port is the log. */
    static List<String> build(Accelerator accelerator, long memoryMib, Instant clock) {
        var command = new QemuCommand();
        command.machine(accelerator, memoryMib, clock);
        command.add("-chardev", "file,id=console,path=" + DISKS + "/console", "-serial", "chardev:console");
        command.add("-chardev", "file,id=log,path=/dev/fdset/1,append=on", "-device", "virtio-serial-pci");
        command.add("-device", "virtserialport,chardev=log,nr=1,name=log");
        command.disk("root", ROOT, "readonly=on");
        command.disk("inputs", INPUTS, "readonly=on");
        command.disk("build", DISKS + "/build", "cache=unsafe");
        command.disk("report", DISKS + "/report", "cache=unsafe");
        command.disk("outputs", DISKS + "/outputs", "cache=unsafe");
        return command.words;
    }

    private void machine(Accelerator accelerator, long memoryMib, Instant clock) {
        add(
                "sh",
                "-c",
                START,
                "qemu",
                VirtualMachine.QEMU,
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-nic",
                "none");
        add(
                "-machine",
                VirtualMachine.TYPE + ",usb=off,vmport=off",
                "-cpu",
                VirtualMachine.CPU + ",enforce",
                "-smp",
                Integer.toString(VirtualMachine.CPUS));
        words.addAll(accelerator.arguments());
        add("-m", memoryMib + "M", "-no-reboot", "-sandbox", SECCOMP);
        add("-rtc", "base=" + LocalDateTime.ofInstant(clock, ZoneOffset.UTC).format(CLOCK) + ",clock=vm");
        add("-kernel", KERNEL, "-initrd", RAM_DISK, "-append", "console=ttyS0 quiet panic=-1", "-add-fd", "fd=3,set=1");
    }

    private void disk(String name, String file, String option) {
        add("-drive", "if=none,id=" + name + ",format=raw,file=" + file + "," + option);
        add("-device", "virtio-blk-pci,drive=" + name + ",serial=" + name);
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
