package dev.quorate.cli.trust;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.dsse.Octets;
import dev.quorate.identity.VouchedKey;
import dev.quorate.identity.VoucherJudge;
import dev.quorate.identity.VoucherJudgement;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.KeyVoucher;
import dev.quorate.trust.TrustRoot;
import java.util.List;

/** What identities of builders say of keys, as it comes into a trust root and is looked at again. */
final class VoucherEdit {
    private VoucherEdit() {}

    /** The bundle in a file. Its spelling is made canonical; what it is worth is judged with the whole trust root. */
    static KeyVoucher read(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        GivenFile file = GivenFile.of(here, arguments.value("bundle"));
        byte[] given = file.bytes(KeyVoucher.MAX_BYTES);
        byte[] canonical = CanonicalJson.bytes(JsonReader.read(given, KeyVoucher.MAX_BYTES, file.printable()));
        try {
            return new KeyVoucher(Octets.of(canonical));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file.printable() + ": a bundle " + e.getMessage(), e);
        }
    }

    /** What every voucher is worth, and that it is missing where a builder's identity should vouch. */
    static List<VouchedKey> judged(TrustRoot trust) {
        return VouchedKey.of(trust, VoucherJudge.present());
    }

    /** Requires that whatever should be vouched for is; nobody signs a trust root in which it is not. */
    static void requireGood(TrustFile file) throws RefusedException {
        for (VouchedKey vouched : judged(file.trust())) {
            if (vouched.judgement() instanceof VoucherJudgement.Refused refused) {
                throw new RefusedException(file.file().printable() + ": " + sentence(vouched, refused) + "; "
                        + "put a good one there with: quorate trust add FILE builder --id " + vouched.builder()
                        + " --key PUBLIC --bundle FILE");
            }
        }
    }

    /** Says what is wrong with a voucher, or that there is none. */
    static String sentence(VouchedKey vouched, VoucherJudgement.Refused refused) {
        return "nothing vouches for key " + vouched.key().id() + " of builder " + vouched.builder() + ", "
                + Printable.of(refused.toString());
    }
}
