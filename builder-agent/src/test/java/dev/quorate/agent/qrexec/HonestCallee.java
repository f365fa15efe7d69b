package dev.quorate.agent.qrexec;

import dev.quorate.agent.AgentProcess;
import dev.quorate.agent.fixture.HonestBuilder;

/** {@code agent qrexec} as a program, but its builder needs no sandbox. */
public final class HonestCallee {
    private HonestCallee() {}

    public static void main(String[] arguments) {
        AgentProcess.run(arguments, honest -> new HonestBuilder());
    }
}
