package dev.quorate.cli.trust;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.host.EndorsementChain;
import dev.quorate.host.HostRecord;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.HostKind;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds what evidence of hosts is judged by: makers, profiles, and the hosts themselves. */
record HostAdditions(Arguments arguments, Surroundings here, Draft draft) {
    /** A maker, or further roots of one that is there. */
    TrustRoot maker() throws RefusedException {
        String name = arguments.value("name");
        List<DerCertificate> roots = new ArrayList<>();
        HostTrust hosts = draft.from().hostTrust();
        Optional<Maker> known = hosts.maker(name);
        known.ifPresent(maker -> roots.addAll(maker.roots()));
        for (DerCertificate root : CertificateFile.all(here, arguments.all("root"))) {
            if (roots.contains(root)) {
                throw arguments.refused(
                        "one of these certificates is a root of " + Printable.of(name) + " already; leave it out");
            }
            roots.add(root);
        }
        Maker maker = arguments.value("name", text -> new Maker(text, roots));
        List<Maker> makers = new ArrayList<>(hosts.makers());
        known.ifPresentOrElse(old -> makers.set(makers.indexOf(old), maker), () -> makers.add(maker));
        return draft.hostTrust(hosts.withMakers(makers));
    }

    /** A profile; one of that name is replaced. */
    TrustRoot profile() throws RefusedException, MalformedException {
        HostTrust hosts = draft.from().hostTrust();
        Profile profile = LaunchOptions.areGiven(arguments)
                ? LaunchOptions.profile(arguments)
                : ReferenceOptions.profile(arguments, here);
        List<Profile> profiles = new ArrayList<>(hosts.profiles());
        hosts.profile(profile.name())
                .ifPresentOrElse(old -> profiles.set(profiles.indexOf(old), profile), () -> profiles.add(profile));
        return draft.hostTrust(hosts.withProfiles(profiles));
    }

    /** A builder's machine, as it has enrolled. */
    TrustRoot host() throws RefusedException, MalformedException {
        HostRecord record = record();
        TrustRoot trust = draft.from();
        TrustedBuilder builder = trust.builder(record.builder())
                .orElseThrow(() -> arguments.refused("the trust root has no builder " + record.builder()
                        + "; add it with: quorate trust add FILE builder --id " + record.builder()));
        TrustedHost host = host(builder, record);
        List<TrustedHost> hosts = new ArrayList<>(builder.hosts());
        hosts.removeIf(old -> old.id().equals(host.id()));
        hosts.add(host);
        List<TrustedBuilder> all = new ArrayList<>(trust.builders());
        all.set(all.indexOf(builder), builder.with(hosts));
        return draft.builders(all);
    }

    /** What the machine proved when it enrolled. */
    HostRecord record() throws RefusedException, MalformedException {
        return RecordFile.read(GivenFile.of(here, arguments.value("record")));
    }

    private TrustedHost host(TrustedBuilder builder, HostRecord record) throws RefusedException {
        HostTrust hosts = draft.from().hostTrust();
        String name = arguments.value("maker");
        Maker maker = hosts.maker(name)
                .orElseThrow(() -> arguments.refused("the trust root has no maker " + Printable.of(name)
                        + "; add it with: quorate trust add FILE maker"));
        String wanted = arguments.value("profile");
        Profile profile = hosts.profile(wanted)
                .orElseThrow(() -> arguments.refused("the trust root has no profile " + Printable.of(wanted)
                        + "; add it with: quorate trust add FILE profile"));
        return switch (record) {
            case HostRecord.Tpm2 tpm -> tpm(tpm, maker, fitting(profile, HostKind.TPM2));
            case HostRecord.SevSnp snp -> snp(builder, snp, maker, fitting(profile, HostKind.SEV_SNP));
        };
    }

    private Profile fitting(Profile profile, HostKind kind) throws RefusedException {
        if (profile.kind() != kind) {
            throw arguments.refused("profile " + profile.name() + " is for hosts of the kind "
                    + profile.kind().word() + ", and this one is " + kind.word());
        }
        return profile;
    }

    private TrustedHost.SevSnp snp(TrustedBuilder builder, HostRecord.SevSnp record, Maker maker, Profile profile)
            throws RefusedException {
        if (arguments.has("intermediate")) {
            throw arguments.refused(
                    "a confidential VM sends its processor's certificates along; leave out --intermediate");
        } else if (!builder.cpuVendor().equals("amd")) {
            throw arguments.refused("the trust root says that the CPU vendor of " + builder.id() + " is "
                    + Printable.of(builder.cpuVendor()) + ", and only amd has SEV-SNP");
        }
        return new TrustedHost.SevSnp(record.chip(), maker.name(), profile.name());
    }

    private TrustedHost.Tpm2 tpm(HostRecord.Tpm2 record, Maker maker, Profile profile) throws RefusedException {
        var host = new TrustedHost.Tpm2(
                record.ak(),
                record.ek(),
                CertificateFile.all(here, arguments.all("intermediate")),
                maker.name(),
                profile.name());
        Optional<String> objection = EndorsementChain.objection(host.tpm(), maker, here.now());
        if (objection.isPresent()) {
            throw arguments.refused("the endorsement certificate of " + record.builder() + " would not be accepted: "
                    + Printable.of(objection.get())
                    + "; name the right maker, and the certificates between with --intermediate");
        }
        return host;
    }
}
