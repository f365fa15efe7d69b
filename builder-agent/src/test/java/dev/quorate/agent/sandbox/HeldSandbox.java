package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/** A program that runs one long sandbox, to be killed. */
final class HeldSandbox {
    private HeldSandbox() {}

    static void main(String[] arguments) throws IOException, InterruptedException {
        var fixture = new SandboxFixture(Path.of(arguments[0]));
        String script = "trap '' TERM HUP; setsid sleep " + arguments[1] + " & sleep " + arguments[1];
        new Sandbox(arguments[2]).run(fixture.order(SandboxFixture.bounds(), "sh", "-c", script));
    }
}
