package dev.quorate.agent.build;

import dev.quorate.agent.capture.CaptureException;
import dev.quorate.agent.capture.OutputCapture;
import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Network;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.sandbox.SandboxOrder;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.OutputSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A build whose inputs lie in place.
 *
 * @param root its root file system
 * @param start when the builder began, by this machine's clock
 */
record Prepared(Workspace workspace, Plan plan, Path root, Network network, Bounds bounds, Instant start) {
    /** Where a build's outputs remain. */
    static Path outputs(BuildOrder order) {
        return order.directory().resolve("outputs");
    }

    BuildOrder order() {
        return workspace.order();
    }

    /** What is run, the same whatever it is enclosed in. */
    SandboxOrder sandboxed() {
        return new SandboxOrder(
                root,
                workspace.mounts(),
                plan.command(),
                plan.variables(),
                "/build",
                network,
                bounds,
                order().directory());
    }

    /** Goes on only after success. */
    void require(Ending ending) throws UnbuildableException, IOException {
        switch (ending) {
            case Ending.Exited(int status) when status == 0 -> {}
            case Ending.Exited(int status) ->
                throw UnbuildableException.spec("the build ended with status " + status + "; its log ends: "
                        + Sandbox.lastLine(order().directory().resolve("log")));
            case Ending.LimitReached(String detail) ->
                throw new UnbuildableException(FailureClass.RESOURCE_LIMIT, detail);
            case Ending.MachineFailed(String detail) ->
                throw new UnbuildableException(FailureClass.INFRASTRUCTURE, detail);
        }
    }

    /**
     * Takes the outputs.
     *
     * @param work what the build left of its writable directory
     */
    OutputSet capture(Path work) throws UnbuildableException, IOException {
        try {
            return OutputCapture.capture(
                    work, plan.outputSegments(), order().spec().outputs(), outputs(order()), bounds.disk());
        } catch (CaptureException e) {
            throw UnbuildableException.spec(e.getMessage());
        }
    }
}
