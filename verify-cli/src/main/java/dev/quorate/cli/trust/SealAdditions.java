package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.EndorsementChain;
import dev.quorate.host.HostRecord;
import dev.quorate.host.SealJudge;
import dev.quorate.host.SealJudgement;
import dev.quorate.host.credential.EccPublicArea;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.KeyEvidence;
import dev.quorate.trust.KeySeal;
import dev.quorate.trust.Maker;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedTpm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds how keys of certifiers and root key holders are kept: the machines, and the evidence beside the keys. */
record SealAdditions(Arguments arguments, Surroundings here, TrustFile file) {
    private static final int MAX_BYTES = 64 * 1024;

    /** A machine that keeps keys, as it has enrolled. */
    Answer keyHost() throws RefusedException, MalformedException {
        HostTrust hosts = file.trust().hostTrust();
        String name = arguments.value("maker");
        Maker maker = hosts.maker(name)
                .orElseThrow(() -> arguments.refused("the trust root has no maker " + Printable.of(name)
                        + "; add it with: quorate trust add FILE maker"));
        if (!(RecordFile.read(GivenFile.of(here, arguments.value("record"))) instanceof HostRecord.Tpm2 record)) {
            throw arguments.refused("a key is kept by a TPM, and this is the record of a confidential VM");
        }
        var tpm = new TrustedTpm(
                record.ak(), record.ek(), CertificateFile.all(here, arguments.all("intermediate")), maker.name());
        Optional<String> objection = EndorsementChain.objection(tpm, maker, here.now());
        if (objection.isPresent()) {
            throw arguments.refused("the endorsement certificate would not be accepted: "
                    + Printable.of(objection.get())
                    + "; name the right maker, and the certificates between with --intermediate");
        }
        List<TrustedTpm> all = new ArrayList<>(hosts.keyHosts());
        all.removeIf(old -> old.id().equals(tpm.id()));
        all.add(tpm);
        return file.keep(
                Draft.of(file).hostTrust(hosts.withKeyHosts(all)),
                "added key-host " + tpm.id() + "; compare it with what its owner tells you by another way");
    }

    /** The evidence of a key, beside it. */
    Answer seal() throws RefusedException, MalformedException {
        GivenFile record = GivenFile.of(here, arguments.value("record"));
        KeyEvidence evidence = KeyEvidence.read(
                Fields.of(JsonReader.read(record.bytes(MAX_BYTES), MAX_BYTES, record.printable()), record.printable()));
        KeySeal seal = arguments.value("profile", profile -> new KeySeal(profile, evidence));
        P256Key key = key(record, evidence);
        TrustRoot edited = Draft.of(file)
                .seal(key, seal)
                .orElseThrow(() -> arguments.refused("no certifier and no root key holder has the key " + key.id()
                        + "; quorate trust show lists their keys"));
        return switch (new SealJudge(edited, here.now()).judge(key, seal)) {
            case SealJudgement.Sealed sealed ->
                file.keep(
                        edited,
                        "key " + key.id() + " is sealed on host " + sealed.host() + ", profile " + sealed.profile());
            case SealJudgement.Refused refused ->
                throw arguments.refused("the evidence of key " + key.id() + " would not be accepted, "
                        + Printable.of(refused.toString()));
        };
    }

    private static P256Key key(GivenFile record, KeyEvidence evidence) throws RefusedException {
        try {
            return EccPublicArea.of(evidence.publicArea().bytes()).key();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(record.printable() + ": the public area in it " + e.getMessage(), e);
        }
    }
}
