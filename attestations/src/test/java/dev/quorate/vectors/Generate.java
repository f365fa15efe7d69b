package dev.quorate.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the vectors that are not there yet; to make one anew, remove its folder first. */
public final class Generate {
    private Generate() {}

    /** Takes the folder to write into. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("name the folder of the vectors and nothing else");
        }
        Path root = Path.of(args[0]);
        for (Draft draft : drafts()) {
            if (Files.notExists(root.resolve(draft.name()))) {
                draft.write(root);
            }
        }
    }

    static List<Draft> drafts() {
        List<Draft> drafts = Stream.of(
                        VoteCases.all(),
                        QuorumCases.all(),
                        BindingCases.all(),
                        SignerCases.all(),
                        TimeCases.all(),
                        TokenCases.all(),
                        LogCases.all(),
                        WitnessCases.all(),
                        KitCases.all(),
                        TrustCases.all(),
                        TrustUpdateCases.all(),
                        PolicyCases.all(),
                        HostCases.all(),
                        NoticeCases.all())
                .flatMap(List::stream)
                .toList();
        Set<String> names = new HashSet<>();
        drafts.forEach(draft -> {
            if (!names.add(draft.name())) {
                throw new IllegalStateException("two vectors are called " + draft.name());
            }
        });
        return drafts;
    }
}
