package dev.quorate.agent;

import dev.quorate.spec.Platform;

/** What this machine can build for. */
final class MachinePlatform {
    private MachinePlatform() {}

    static Platform present() throws ConfigurationException {
        String architecture = System.getProperty("os.arch");
        return switch (architecture) {
            case "amd64", "x86_64" -> Platform.parse("linux/amd64");
            case "aarch64" -> Platform.parse("linux/arm64");
            case "riscv64" -> Platform.parse("linux/riscv64");
            default ->
                throw new ConfigurationException(
                        "this machine's architecture " + architecture + " is none that specs are written for");
        };
    }
}
