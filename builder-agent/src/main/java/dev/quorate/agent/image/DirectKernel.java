package dev.quorate.agent.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A Linux kernel as QEMU's {@code -kernel} hands it to the firmware: with a boot loader's fields filled in. */
final class DirectKernel {
    /** Memory below 4 GiB that QEMU keeps for ACPI tables under the initial RAM disk's ceiling. */
    private static final int ACPI = 0x28000;

    /** With less memory than this, all of it lies below 4 GiB; otherwise 2 GiB do. */
    private static final long SPLIT = 0xb000_0000L;

    private static final long LOW = 1L << 31;

    private static final int MAGIC = 0x202;
    private static final int LOADER = 0x210;
    private static final int FLAGS = 0x211;
    private static final int RAM_DISK_ADDRESS = 0x218;
    private static final int RAM_DISK_SIZE = 0x21c;
    private static final int HEAP_END = 0x224;
    private static final int COMMAND_LINE = 0x228;
    private static final int HIGHEST_RAM_DISK = 0x22c;
    private static final int QEMU = 0xb0;
    private static final int HEAP_IS_USABLE = 0x80;
    private static final int REAL_MODE_ADDRESS = 0x10000;
    private static final int COMMAND_LINE_ADDRESS = 0x20000;
    private static final int PAGE = 4096;

    private DirectKernel() {}

    /**
     * The bytes that are loaded.
     *
     * @param kernel a {@code bzImage} of boot protocol 2.03 or later
     * @param ramDisk its size
     * @param memory of the machine: less than 2 GiB, or 2816 MiB or more, which all gives the same
     * @throws IllegalArgumentException if it is no such kernel
     */
    static byte[] loaded(byte[] kernel, int ramDisk, long memory) {
        byte[] copy = kernel.clone();
        ByteBuffer header = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        if (copy.length < PAGE || header.getInt(MAGIC) != 0x53726448 || header.getShort(0x206) < 0x203) {
            throw new IllegalArgumentException("it is no Linux kernel with a boot protocol of 2.03 or later");
        }
        if (memory >= LOW && memory < SPLIT) {
            throw new IllegalArgumentException(
                    "the machine must have less than 2048 MiB of memory, or 2816 MiB or more, not " + memory
                            + " bytes");
        }
        long low = Math.min(memory, LOW);
        long ceiling = Math.min(Integer.toUnsignedLong(header.getInt(HIGHEST_RAM_DISK)), low - ACPI - 1);
        header.put(LOADER, (byte) QEMU);
        header.put(FLAGS, (byte) (header.get(FLAGS) | HEAP_IS_USABLE));
        header.putShort(HEAP_END, (short) (COMMAND_LINE_ADDRESS - REAL_MODE_ADDRESS - 0x200));
        header.putInt(COMMAND_LINE, COMMAND_LINE_ADDRESS);
        header.putInt(RAM_DISK_ADDRESS, (int) ((ceiling - ramDisk) / PAGE * PAGE));
        header.putInt(RAM_DISK_SIZE, ramDisk);
        return copy;
    }
}
