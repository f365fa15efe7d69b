package dev.quorate.agent;

import java.util.function.UnaryOperator;

/** The agent as a process. */
public final class Main {
    private Main() {}

    /** See the package for the arguments and the exit status. */
    public static void main(String[] arguments) {
        AgentProcess.run(arguments, UnaryOperator.identity());
    }
}
