package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.trust.EventReference;
import dev.quorate.trust.PcrValues;
import dev.quorate.trust.Tpm2Profile;
import java.util.Arrays;
import java.util.List;

/** Judges what a TPM quoted by a profile. */
record Tpm2Judge(Tpm2Profile profile, HostReport.Tpm2 report) {
    /** The quote, if it is over the binding and the profile's registers. */
    Quote quote(Sha256 binding) throws RefusedException {
        Quote quote = Quote.read(report.quote().bytes());
        if (!Arrays.equals(quote.extraData(), binding.bytes())) {
            throw new RefusedException(
                    HostRefusal.BINDING_MISMATCH, "the quote was made for another builder, round, nonce or key");
        }
        for (int pcr : profile.quoted()) {
            if (!quote.pcrs().contains(pcr)) {
                throw new RefusedException(HostRefusal.PCR_MISSING, "the quote leaves out PCR " + pcr);
            }
        }
        boolean same = quote.pcrs().equals(report.pcrs().keySet())
                && new PcrValues(report.pcrs()).digest().equals(quote.pcrDigest());
        if (!same) {
            throw new RefusedException(
                    HostRefusal.PCR_DIGEST_MISMATCH, "the values that are shown are not the ones that were quoted");
        }
        return quote;
    }

    /** Whether the quoted state is one of the profile's. */
    void judgeState() throws RefusedException {
        new Registers(profile, new PcrValues(report.pcrs())).judgeValues();
        if (!profile.events().isEmpty()) {
            judgeEvents(EventLog.read(report.eventLogs()));
        }
        if (!profile.ima().isEmpty()) {
            Octets list = report.ima()
                    .orElseThrow(() -> new RefusedException(
                            HostRefusal.IMA_LIST_MALFORMED, "the list of measured files is missing"));
            new ImaJudge(profile, report.pcrs()).judge(ImaList.read(list.bytes()));
        }
    }

    private void judgeEvents(EventLog log) throws RefusedException {
        for (EventReference reference : profile.events()) {
            int pcr = reference.pcr();
            if (!log.replay(pcr).equals(report.pcrs().get(pcr))) {
                throw new RefusedException(
                        HostRefusal.EVENT_LOG_MISMATCH, "the event logs do not replay to the quoted PCR " + pcr);
            }
            List<Sha256> events = log.events(pcr);
            for (Sha256 event : events) {
                if (!reference.required().contains(event)
                        && !reference.allowed().contains(event)) {
                    throw new RefusedException(
                            HostRefusal.EVENT_UNEXPECTED,
                            "PCR " + pcr + " measured " + event + ", which profile " + profile.name()
                                    + " does not allow");
                }
            }
            for (Sha256 event : reference.required()) {
                if (!events.contains(event)) {
                    throw new RefusedException(
                            HostRefusal.EVENT_MISSING,
                            "PCR " + pcr + " did not measure " + event + ", which profile " + profile.name()
                                    + " requires");
                }
            }
        }
    }
}
