package dev.quorate.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * With what this machine could show its state in rounds. Nothing of it is needed to build.
 *
 * @param root of the file system that is looked at
 */
record HostShow(Path root) {
    List<Finding> findings() {
        return List.of(
                file(
                        "TPM",
                        "dev/tpmrm0",
                        "have a TPM 2.0 switched on in the firmware, and the agent's user in the group tss"),
                file(
                        "boot event log",
                        "sys/kernel/security/tpm0/binary_bios_measurements",
                        "mount -t securityfs securityfs /sys/kernel/security, as root, on a machine with a TPM"),
                file(
                        "list of used files",
                        "sys/kernel/security/ima/binary_runtime_measurements",
                        "boot with ima_policy=tcb ima_template=ima-ng ima_hash=sha256; only its owner root may read it"),
                directory(
                        "confidential VM",
                        "sys/kernel/config/tsm/report",
                        "a VM under AMD SEV-SNP with Linux 6.7 or later: modprobe sev-guest, mount -t configfs"
                                + " configfs /sys/kernel/config"));
    }

    private Finding file(String name, String below, String remedy) {
        Path file = root.resolve(below);
        return Files.isReadable(file)
                ? Finding.ok(name, file.toString())
                : unusable(name, file, "cannot be read", remedy);
    }

    private Finding directory(String name, String below, String remedy) {
        Path directory = root.resolve(below);
        return Files.isWritable(directory)
                ? Finding.ok(name, directory.toString())
                : unusable(name, directory, "cannot be written", remedy);
    }

    private static Finding unusable(String name, Path file, String problem, String remedy) {
        return Finding.limited(
                name,
                file + (Files.exists(file) ? " " + problem + " by this user" : " is not there")
                        + "; only for showing this host in rounds",
                remedy);
    }
}
