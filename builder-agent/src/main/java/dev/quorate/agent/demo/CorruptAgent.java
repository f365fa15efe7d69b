package dev.quorate.agent.demo;

import dev.quorate.agent.AgentProcess;

/**
 * The same agent as {@link dev.quorate.agent.Main}, with one lie: its builder changes one byte of the first output file
 * after the build. The demonstration runs it among honest agents, to show that its dissent is seen and named. It is a
 * main class of its own, so that no option of the honest agent can make it lie.
 */
public final class CorruptAgent {
    private CorruptAgent() {}

    /** Takes the arguments of {@link dev.quorate.agent.Main}. */
    public static void main(String[] arguments) {
        AgentProcess.run(arguments, CorruptBuilder::new);
    }
}
