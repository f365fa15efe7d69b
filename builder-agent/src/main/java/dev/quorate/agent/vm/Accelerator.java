package dev.quorate.agent.vm;

import java.util.List;

/** What executes a guest's instructions. */
public enum Accelerator {
    /** The processor itself, through Linux' KVM. */
    KVM(1, List.of("-accel", "kvm")),
    /** QEMU's translator, on any machine, some twenty times slower. */
    TCG(20, List.of("-accel", "tcg,thread=multi,tb-size=256"));

    private final int patience;
    private final List<String> arguments;

    Accelerator(int patience, List<String> arguments) {
        this.patience = patience;
        this.arguments = arguments;
    }

    /** How many times longer than its spec says a build may take. */
    public int patience() {
        return patience;
    }

    List<String> arguments() {
        return arguments;
    }
}
