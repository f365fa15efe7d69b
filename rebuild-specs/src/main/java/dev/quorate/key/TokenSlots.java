package dev.quorate.key;

import dev.quorate.json.Printable;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the slot of a token by its label: SunPKCS11 takes only the number of a slot, which changes with what is plugged
 * in. Four functions of PKCS #11 v2.40 are called for it, by their places in {@code CK_FUNCTION_LIST} (section 5).
 */
@SuppressWarnings("restricted")
final class TokenSlots {
    private static final int INITIALIZE = 0;
    private static final int SLOT_LIST = 4;
    private static final int TOKEN_INFO = 6;
    private static final long WORD = 8;
    private static final long ALREADY_INITIALIZED = 0x191;
    private static final long OS_LOCKING = 2;
    private static final long ARGUMENTS = 48;
    private static final long INFO = 256;
    private static final int LABEL = 32;
    private static final long MOST_SLOTS = 1024;

    private final MemorySegment functions;

    private TokenSlots(MemorySegment functions) {
        this.functions = functions;
    }

    static long find(TokenKey key) throws UnusableKeyException {
        synchronized (TokenSlots.class) {
            try (Arena arena = Arena.ofConfined()) {
                List<Long> slots = of(key, arena).labelled(key, arena);
                if (slots.size() == 1) {
                    return slots.getFirst();
                }
                throw key.refused(
                        slots.isEmpty()
                                ? "there is no token of that label; plug it in, or correct the label"
                                : "there are " + slots.size() + " tokens of that label; unplug the others");
            }
        }
    }

    /** The module stays loaded: SunPKCS11 goes on with it. */
    private static TokenSlots of(TokenKey key, Arena arena) throws UnusableKeyException {
        SymbolLookup module;
        try {
            module = SymbolLookup.libraryLookup(key.module(), Arena.global());
        } catch (IllegalArgumentException e) {
            throw new UnusableKeyException(notAModule(key), e);
        }
        MemorySegment list =
                module.find("C_GetFunctionList").orElseThrow(() -> new UnusableKeyException(notAModule(key)));
        MemorySegment place = arena.allocate(ValueLayout.ADDRESS);
        check(key, "C_GetFunctionList", call(handle(list, ValueLayout.ADDRESS), place));
        return new TokenSlots(place.get(ValueLayout.ADDRESS, 0).reinterpret(WORD * 70));
    }

    private static String notAModule(TokenKey key) {
        return key.shortName() + ": " + Printable.of(key.module().toString()) + " is no PKCS#11 module";
    }

    private List<Long> labelled(TokenKey key, Arena arena) throws UnusableKeyException {
        MemorySegment arguments = arena.allocate(ARGUMENTS, WORD);
        arguments.set(ValueLayout.JAVA_LONG, 4 * WORD, OS_LOCKING);
        long initialized = call(function(INITIALIZE, ValueLayout.ADDRESS), arguments);
        if (initialized != ALREADY_INITIALIZED) {
            check(key, "C_Initialize", initialized);
        }
        MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
        count.set(ValueLayout.JAVA_LONG, 0, MOST_SLOTS);
        MemorySegment slots = arena.allocate(MOST_SLOTS * WORD, WORD);
        MethodHandle slotList = function(SLOT_LIST, ValueLayout.JAVA_BYTE, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        check(key, "C_GetSlotList", call(slotList, (byte) 1, slots, count));
        MethodHandle tokenInfo = function(TOKEN_INFO, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
        MemorySegment info = arena.allocate(INFO, WORD);
        List<Long> found = new ArrayList<>();
        for (long i = 0; i < Math.min(MOST_SLOTS, count.get(ValueLayout.JAVA_LONG, 0)); i++) {
            long slot = slots.get(ValueLayout.JAVA_LONG, i * WORD);
            if (call(tokenInfo, slot, info) == 0 && label(info).equals(key.token())) {
                found.add(slot);
            }
        }
        return found;
    }

    /** Padded with spaces. */
    private static String label(MemorySegment info) {
        byte[] label = info.asSlice(0, LABEL).toArray(ValueLayout.JAVA_BYTE);
        return new String(label, StandardCharsets.UTF_8).stripTrailing();
    }

    /** A version of two bytes, padded to a word, stands before the functions. */
    private MethodHandle function(int index, ValueLayout... parameters) {
        return handle(functions.get(ValueLayout.ADDRESS, WORD * (index + 1)), parameters);
    }

    private static MethodHandle handle(MemorySegment function, ValueLayout... parameters) {
        return Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_LONG, parameters));
    }

    private static long call(MethodHandle function, Object... arguments) {
        try {
            return (long) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a native function was called in a wrong way", e);
        }
    }

    private static void check(TokenKey key, String function, long result) throws UnusableKeyException {
        if (result != 0) {
            throw key.refused("its PKCS#11 module fails: " + function + " gives 0x" + Long.toHexString(result));
        }
    }
}
