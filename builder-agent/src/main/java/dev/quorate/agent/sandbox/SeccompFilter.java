package dev.quorate.agent.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The system call filter of a build, as a classic BPF program over {@code struct seccomp_data} (seccomp(2)): foreign
 * architectures are killed, {@link DeniedCalls} give EPERM, {@code clone} with a new namespace gives EPERM, {@code
 * clone3} gives ENOSYS because a filter can't see its flags, sockets are local or Internet ones (a virtual machine's
 * vsock has no namespace), and terminals can't be typed into.
 */
public final class SeccompFilter {
    private static final int LOAD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int SECOND_ARGUMENT = 24;

    private static final int KILL = 0x8000_0000;
    private static final int ALLOW = 0x7fff_0000;
    private static final int ERROR = 0x0005_0000;
    private static final int EPERM = ERROR | 1;
    private static final int ENOSYS = ERROR | 38;
    private static final int EAFNOSUPPORT = ERROR | 97;

    private static final int X32_BIT = 0x4000_0000;
    private static final int CLONE3 = 435;
    /** {@code CLONE_NEWNS|NEWCGROUP|NEWUTS|NEWIPC|NEWUSER|NEWPID|NEWNET} of linux/sched.h. */
    private static final int NEW_NAMESPACES =
            0x0002_0000 | 0x0200_0000 | 0x0400_0000 | 0x0800_0000 | 0x1000_0000 | 0x2000_0000 | 0x4000_0000;
    /** {@code AF_UNIX}, {@code AF_INET}, {@code AF_INET6}, {@code AF_NETLINK}. */
    private static final List<Integer> FAMILIES = List.of(1, 2, 10, 16);
    /** {@code TIOCSTI}, {@code TIOCLINUX}. */
    private static final List<Integer> TYPING = List.of(0x5412, 0x541C);

    private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

    private final List<Instruction> program = new ArrayList<>();

    private SeccompFilter() {}

    /** The program for this machine, in the form that {@code bwrap --seccomp} reads. */
    public static byte[] forThisMachine() {
        return program(Machine.current());
    }

    static byte[] program(Machine machine) {
        var filter = new SeccompFilter();
        filter.load(ARCHITECTURE);
        filter.add(JUMP_EQUAL, 1, 0, machine.audit);
        filter.end(KILL);
        filter.load(NUMBER);
        if (machine == Machine.AMD64) {
            filter.add(JUMP_AT_LEAST, 0, 1, X32_BIT);
            filter.end(KILL);
        }
        machine.denied.forEach(call -> filter.onValue(call, EPERM));
        filter.onValue(CLONE3, ENOSYS);
        filter.onClone(machine.clone);
        filter.onSocket(machine.socket);
        filter.onIoctl(machine.ioctl);
        filter.end(ALLOW);
        return filter.bytes();
    }

    private void onValue(int value, int outcome) {
        add(JUMP_EQUAL, 0, 1, value);
        end(outcome);
    }

    private void onClone(int clone) {
        add(JUMP_EQUAL, 0, 4, clone);
        load(FIRST_ARGUMENT);
        add(JUMP_ANY_BIT, 0, 1, NEW_NAMESPACES);
        end(EPERM);
        end(ALLOW);
    }

    private void onSocket(int socket) {
        add(JUMP_EQUAL, 0, 2 * FAMILIES.size() + 2, socket);
        load(FIRST_ARGUMENT);
        FAMILIES.forEach(family -> onValue(family, ALLOW));
        end(EAFNOSUPPORT);
    }

    private void onIoctl(int ioctl) {
        add(JUMP_EQUAL, 0, 2 * TYPING.size() + 2, ioctl);
        load(SECOND_ARGUMENT);
        TYPING.forEach(request -> onValue(request, EPERM));
        end(ALLOW);
    }

    private void load(int offset) {
        add(LOAD, 0, 0, offset);
    }

    private void end(int outcome) {
        add(RETURN, 0, 0, outcome);
    }

    private void add(int code, int ifTrue, int ifFalse, int value) {
        program.add(new Instruction(code, ifTrue, ifFalse, value));
    }

    private byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction i : program) {
            out.putShort((short) i.code)
                    .put((byte) i.ifTrue)
                    .put((byte) i.ifFalse)
                    .putInt(i.value);
        }
        return out.array();
    }
}
