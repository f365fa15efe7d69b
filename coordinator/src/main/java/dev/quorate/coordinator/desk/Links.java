package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.FileStore;
import dev.quorate.export.BuilderLink;
import dev.quorate.export.LinkKey;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.LinkSignature;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.tally.Vote;
import dev.quorate.trust.TrustedBuilder;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The in-toto links that builders signed, for tools that count signatures and know nothing of rounds. Such a tool cannot
 * weigh a dissent, so there are links of certified rounds only, by builders whose vote made the certificate.
 */
public final class Links {
    private static final int MOST_ROUNDS = 20;

    private final Rounds rounds;
    private final Signers signers;
    private final StatusView view;
    private final Clock clock;

    Links(Rounds rounds, Signers signers, StatusView view, Clock clock) {
        this.rounds = rounds;
        this.signers = signers;
        this.view = view;
        this.clock = clock;
    }

    /** The keys for links of a builder, or of all. */
    public List<LinkKey> keys(Optional<BuilderId> builder) throws RefusedException {
        if (builder.isPresent() && signers.trust().builder(builder.get()).isEmpty()) {
            throw new RefusedException(Complaint.NOT_FOUND, "there is no builder " + builder.get());
        }
        return signers.trust().builders().stream()
                .filter(asked(builder, TrustedBuilder::id))
                .flatMap(trusted -> trusted.linkKey().stream())
                .map(LinkKey::new)
                .toList();
    }

    /** The newest rounds that certified that file, if somebody signed a link there. */
    public List<LinkedRound> search(Optional<BuilderId> builder, DebianPackage debian, String architecture)
            throws IOException {
        return linked(builder, files().named(debian.file(architecture), MOST_ROUNDS));
    }

    /** The newest round that certified a file of that package, of whatever architecture. */
    public Optional<LinkedRound> newest(Optional<BuilderId> builder, DebianPackage debian) throws IOException {
        return linked(builder, files().beginningWith(debian.prefix(), MOST_ROUNDS)).stream()
                .findFirst();
    }

    /** The round at that place among all. */
    public Optional<LinkedRound> at(Optional<BuilderId> builder, long number) throws IOException {
        Optional<RoundId> round = files().round(number);
        return round.isEmpty() ? Optional.empty() : linked(builder, round.get());
    }

    private List<LinkedRound> linked(Optional<BuilderId> builder, List<RoundId> found) throws IOException {
        List<LinkedRound> list = new ArrayList<>();
        for (RoundId round : found) {
            linked(builder, round).ifPresent(list::add);
        }
        return list;
    }

    private Optional<LinkedRound> linked(Optional<BuilderId> builder, RoundId id) throws IOException {
        LiveRound round = rounds.find(id).orElseThrow();
        RoundState state = round.state();
        boolean certified = state.verdict() == Verdict.CERTIFIED
                && state.certificate()
                        .filter(filed -> !signers.trust().isRevokedCertificate(filed.envelope()))
                        .isPresent();
        if (!certified) {
            return Optional.empty();
        }
        Tally tally = view.tally(round, state);
        Optional<OutputSet> winner = tally.winner();
        if (winner.isEmpty()) {
            return Optional.empty();
        }
        Set<BuilderId> quorum = tally.votes().stream()
                .filter(vote -> vote.counted()
                        && vote.outputs().equals(Optional.of(winner.get().digest())))
                .map(Vote::builder)
                .filter(asked(builder, voter -> voter))
                .collect(Collectors.toSet());
        Map<LinkKey, LinkSignature> signatures = signatures(round, winner.get(), quorum);
        return signatures.isEmpty()
                ? Optional.empty()
                : Optional.of(new LinkedRound(files().ordinal(id), winner.get(), signatures));
    }

    private Map<LinkKey, LinkSignature> signatures(LiveRound round, OutputSet outputs, Set<BuilderId> quorum)
            throws IOException {
        Map<LinkKey, LinkSignature> signatures = new LinkedHashMap<>();
        Dossier dossier = Dossier.read(rounds, signers, round);
        for (BuilderId builder : quorum.stream().sorted().toList()) {
            Optional<LinkKey> key = signers.trust()
                    .builder(builder)
                    .flatMap(TrustedBuilder::linkKey)
                    .map(LinkKey::new);
            for (Dossier.Entry entry : dossier.of(EnvelopeKind.PROOF)) {
                BuildProof proof = parse(entry);
                boolean own = proof.builder().equals(builder)
                        && proof.outcome().equals(new Outcome.Built(outputs))
                        && !signers.trust().isRevoked(builder, entry.payload().signedBy(), clock.instant());
                if (own && key.isPresent()) {
                    proof.link()
                            .filter(signature -> new BuilderLink(outputs).isSignedBy(key.get(), signature))
                            .ifPresent(signature -> signatures.putIfAbsent(key.get(), signature));
                }
            }
        }
        return signatures;
    }

    private static BuildProof parse(Dossier.Entry entry) throws IOException {
        try {
            return BuildProof.parse(entry.payload());
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static <T> Predicate<T> asked(Optional<BuilderId> builder, Function<T, BuilderId> name) {
        return value -> builder.isEmpty() || name.apply(value).equals(builder.get());
    }

    private FileStore files() {
        return rounds.store().files();
    }
}
