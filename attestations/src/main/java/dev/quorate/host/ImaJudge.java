package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import dev.quorate.trust.Tpm2Profile;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Judges which files a host has used.
 *
 * @param pcrs the quoted registers
 */
record ImaJudge(Tpm2Profile profile, SortedMap<Integer, Sha256> pcrs) {
    private static final String BOOT = "boot_aggregate";
    private static final int BOOT_PCRS = 10;

    /** Refuses a list that is not the quoted register's, or that has a file which the profile does not. */
    void judge(ImaList list) throws RefusedException {
        Set<Sha256> allowed = new HashSet<>(profile.ima());
        List<ImaList.Entry> entries = list.until(pcrs.get(ImaList.PCR))
                .orElseThrow(() -> new RefusedException(
                        HostRefusal.IMA_LIST_MISMATCH,
                        "the list of measured files does not replay to the quoted PCR " + ImaList.PCR));
        if (entries.isEmpty()) {
            throw new RefusedException(HostRefusal.IMA_LIST_MISMATCH, "the host measures no files");
        }
        for (ImaList.Entry entry : entries) {
            Optional<Sha256> digest = entry.digest();
            boolean isGood =
                    digest.isPresent() && (allowed.contains(digest.get()) || isBoot(entry.name(), digest.get()));
            if (!isGood) {
                throw new RefusedException(
                        HostRefusal.FILE_UNEXPECTED,
                        "the host used " + Printable.quote(entry.name()) + " with the content "
                                + digest.map(Sha256::hex).orElse("of an unknown kind, or one that changed meanwhile")
                                + ", which profile " + profile.name() + " does not allow");
            }
        }
    }

    /** The first entry says nothing but what the firmware's registers do, if they are quoted too. */
    private boolean isBoot(String name, Sha256 digest) {
        if (!name.equals(BOOT) || !IntStream.range(0, BOOT_PCRS).allMatch(pcrs::containsKey)) {
            return false;
        }
        var values = new ByteArrayOutputStream();
        pcrs.headMap(BOOT_PCRS).values().forEach(value -> values.writeBytes(value.bytes()));
        return Sha256.of(values.toByteArray()).equals(digest);
    }
}
