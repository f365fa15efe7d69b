package dev.quorate.cli.verify;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The waivers that somebody gave a gate; see the package for the file. */
record Waivers(List<Waiver> list) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MOST = 1000;

    static final Waivers NONE = new Waivers(List.of());

    static Waivers read(GivenFile file) throws RefusedException, MalformedException {
        Fields fields = YamlReader.read(file.bytes(MAX_BYTES), MAX_BYTES, file.printable());
        var waivers = new Waivers(fields.objects("waivers", MOST, Waiver::read));
        fields.end();
        return waivers;
    }

    /** Those that let every artifact of a report pass; none if one artifact is not covered. */
    List<Waiver> covering(Report report, Instant now) {
        List<Waiver> used = new ArrayList<>();
        for (Artifact artifact : report.artifacts()) {
            Optional<Waiver> waiver =
                    list.stream().filter(w -> w.covers(artifact, report, now)).findFirst();
            if (waiver.isEmpty()) {
                return List.of();
            }
            used.add(waiver.get());
        }
        return used.stream().distinct().toList();
    }

    /** Those that would matter had they not expired. */
    List<Waiver> expired(Instant now) {
        return list.stream().filter(waiver -> !now.isBefore(waiver.expires())).toList();
    }
}
