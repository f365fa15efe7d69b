package dev.quorate.agent.image;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a boot will have measured.
 *
 * @param registers number of a PCR to its value in the SHA-256 bank
 */
public record MeasuredBoot(SortedMap<Integer, Sha256> registers) {
    private static final byte[] SEPARATOR = new byte[4];
    private static final String CALLING = "Calling EFI Application from Boot Option";
    /** EFI_GLOBAL_VARIABLE and EFI_IMAGE_SECURITY_DATABASE_GUID (UEFI 2.9) as they lie in memory. */
    private static final byte[] GLOBAL = guid(0x8be4df61, 0x93ca, 0x11d2, 0xaa0d00e098032b8cL);

    private static final byte[] SECURITY = guid(0xd719b2cb, 0x3d3a, 0x4596, 0xa3bcdad00e67656fL);

    public MeasuredBoot {
        registers = new TreeMap<>(registers);
    }

    /**
     * Computes it from files.
     *
     * @param kernel a {@code bzImage} with an EFI stub
     * @param ramDisk as it is given to QEMU
     * @param commandLine ASCII, as it is given to QEMU
     * @param memory of the machine in bytes: less than 2 GiB, or 2816 MiB or more, where it no longer matters
     * @throws IllegalArgumentException if the kernel is none
     */
    public static MeasuredBoot of(byte[] kernel, byte[] ramDisk, String commandLine, long memory) {
        Sha256 program = PortableExecutable.digest(DirectKernel.loaded(kernel, ramDisk.length, memory));
        byte[] options = (commandLine + " initrd=initrd\0").getBytes(StandardCharsets.UTF_16LE);
        SortedMap<Integer, Sha256> registers = new TreeMap<>();
        registers.put(
                4,
                extended(List.of(
                        program, Sha256.of(CALLING.getBytes(StandardCharsets.US_ASCII)), Sha256.of(SEPARATOR))));
        registers.put(
                7,
                extended(List.of(
                        variable(GLOBAL, "SecureBoot", new byte[1]),
                        variable(GLOBAL, "PK", new byte[0]),
                        variable(GLOBAL, "KEK", new byte[0]),
                        variable(SECURITY, "db", new byte[0]),
                        variable(SECURITY, "dbx", new byte[0]),
                        Sha256.of(SEPARATOR))));
        registers.put(9, extended(List.of(Sha256.of(options), Sha256.of(ramDisk))));
        return new MeasuredBoot(registers);
    }

    /** The member {@code pcrs} of a profile of the trust root. */
    public Json.Arr json() {
        return Json.arr(registers.entrySet().stream()
                .map(register -> (Json) Json.object()
                        .put("pcr", register.getKey())
                        .put("values", Json.strings(List.of(register.getValue().hex())))
                        .build())
                .toList());
    }

    private static Sha256 extended(List<Sha256> events) {
        var register = new byte[32];
        for (Sha256 event : events) {
            MessageDigest digest = Sha256.newDigest();
            digest.update(register);
            register = digest.digest(event.bytes());
        }
        return Sha256.ofDigest(register);
    }

    /** UEFI_VARIABLE_DATA of the TCG profile. */
    private static Sha256 variable(byte[] vendor, String name, byte[] data) {
        byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer event = ByteBuffer.allocate(vendor.length + 16 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(vendor)
                .putLong(name.length())
                .putLong(data.length)
                .put(text)
                .put(data);
        return Sha256.of(event.array());
    }

    private static byte[] guid(int first, int second, int third, long rest) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(first)
                .putShort((short) second)
                .putShort((short) third)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(rest)
                .array();
    }
}
