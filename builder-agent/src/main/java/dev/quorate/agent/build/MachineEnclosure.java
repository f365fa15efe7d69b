package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Confinement;
import dev.quorate.agent.sandbox.Network;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.unpack.Archive;
import dev.quorate.agent.vm.Accelerator;
import dev.quorate.agent.vm.GuestKernel;
import dev.quorate.agent.vm.MachineOrder;
import dev.quorate.agent.vm.RootImages;
import dev.quorate.agent.vm.VirtualMachine;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.OutputSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A virtual machine for each build, and in it the container's own sandbox. */
record MachineEnclosure(Sandbox sandbox, RootImages images, GuestKernel kernel, Accelerator accelerator)
        implements Enclosure {
    @Override
    public EnvironmentRecord record(Bounds bounds, Sha256 closure, Instant clock)
            throws IOException, InterruptedException {
        String time = accelerator.patience() == 1 ? "wall clock" : "wall clock, " + accelerator.patience() + "-fold";
        var confinement = new Confinement(
                Map.of(
                        "time", time,
                        "log", "bytes read",
                        "disk", "size of the guest's disk",
                        "memory", "cgroup v2 of the guest, whose memory is limited, too",
                        "processes", "cgroup v2 of the guest"),
                List.of());
        return MachineFacts.machine(confinement, closure, clock, kernel, accelerator);
    }

    @Override
    public OutputSet run(Prepared build) throws UnbuildableException, IOException, InterruptedException {
        if (build.network() != Network.NONE) {
            throw new UnbuildableException(FailureClass.INFRASTRUCTURE, "a virtual machine has no network card");
        }
        Path scratch = build.order().directory();
        RootImages.RootImage image = images.get(build.root(), scratch);
        var clock = GuestClock.after(image.newest(), build);
        var order = new MachineOrder(
                image.file(),
                build.sandboxed(),
                build.workspace().work(),
                build.workspace().inputs(),
                build.plan().outputSegments(),
                build.order().spec().outputs(),
                clock);
        build.require(new VirtualMachine(sandbox, kernel, accelerator).run(order));
        return build.capture(captured(
                order, scratch.resolve("machine/captured"), build.bounds().disk()));
    }

    private static Path captured(MachineOrder order, Path to, long most) throws UnbuildableException, IOException {
        try {
            Archive.unpackOutputs(VirtualMachine.outputs(order), to, most);
            return to;
        } catch (MalformedException e) {
            throw UnbuildableException.spec("the outputs cannot be taken from the virtual machine: " + e.getMessage());
        }
    }
}
