package dev.quorate.agent.vm;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a guest writes on its disk, and modules of a kernel. */
class MachineFuzzTest implements Fuzzed {
    private static final String ENDED =
            "quorate-guest 1\nended\nstatus 3\nexecuted yes\nkilled 0\ndisk 812\noutputs whole\n\0\0\0";

    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("guest-report", GuestReport::parse, ENDED.getBytes(StandardCharsets.US_ASCII)),
                Target.of(
                        "kernel-module",
                        ModuleFile::dependencies,
                        "license=GPL\0depends=virtio,dm-mod\0name=x\0".getBytes(StandardCharsets.US_ASCII)));
    }
}
