package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.TimeAuthority;
import dev.quorate.trust.TrustRoot;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A time authority that comes, or an end for one that is there. */
record TimeAuthorityEdit(TrustRoot edited, String what) {
    private static final int MOST_BYTES = 256 * 1024;

    static TimeAuthorityEdit of(Arguments arguments, Surroundings here, Draft draft) throws RefusedException {
        String id = arguments.value("id");
        List<TimeAuthority> all = new ArrayList<>(draft.from().timeAuthorities());
        Optional<TimeAuthority> known =
                all.stream().filter(authority -> authority.id().equals(id)).findFirst();
        Optional<Instant> until = arguments.optional("until", text -> Expiry.parse(text, here.now()));
        if (known.isPresent()) {
            if (until.isEmpty() || arguments.has("certificates") || arguments.has("from")) {
                throw arguments.refused(
                        "the time authority is there; --until ends it, and other certificates need" + " another --id");
            }
            all.set(all.indexOf(known.get()), known.get().until(until.get()));
            return new TimeAuthorityEdit(
                    draft.timeAuthorities(all), "the time authority " + id + " ends at " + until.get());
        }
        all.add(read(arguments, here, until));
        return new TimeAuthorityEdit(draft.timeAuthorities(all), "added time-authority " + id);
    }

    private static TimeAuthority read(Arguments arguments, Surroundings here, Optional<Instant> until)
            throws RefusedException {
        if (!arguments.has("certificates")) {
            throw arguments.refused("a time-authority needs --certificates; see quorate trust --help");
        }
        Instant from = arguments
                .optional("from", text -> Expiry.parse(text, here.now()))
                .orElse(here.now().truncatedTo(ChronoUnit.SECONDS));
        GivenFile file = GivenFile.of(here, arguments.value("certificates"));
        List<DerCertificate> chain = chain(file);
        try {
            return new TimeAuthority(arguments.value("id"), chain, from, until);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file.printable() + ": a time authority " + e.getMessage(), e);
        }
    }

    private static List<DerCertificate> chain(GivenFile file) throws RefusedException {
        try {
            List<DerCertificate> chain = new ArrayList<>();
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(file.bytes(MOST_BYTES)))) {
                chain.add(DerCertificate.of(certificate.getEncoded()));
            }
            return chain;
        } catch (CertificateException e) {
            throw new RefusedException(file.printable() + ": holds something else than certificates in PEM", e);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file.printable() + ": each of it " + e.getMessage(), e);
        }
    }

    Answer keep(TrustFile file) throws RefusedException, MalformedException {
        return file.keep(edited, what);
    }
}
