package dev.quorate.agent.sandbox;

import java.util.List;
import java.util.stream.Stream;

/**
 * System calls that no build needs and that reach parts of the kernel which namespaces do not cover, or which make new
 * namespaces. Numbers are of arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
 */
final class DeniedCalls {
    /** From number 424 on, every architecture has the same numbers. */
    private static final List<Integer> SHARED = List.of(
            425,
            426,
            427, // io_uring_setup, io_uring_enter, io_uring_register
            428,
            429,
            430,
            431,
            432,
            433,
            442, // open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr
            443 // quotactl_fd
            );

    static final List<Integer> AMD64 = with(
            165,
            166,
            155, // mount, umount2, pivot_root
            308,
            272, // setns, unshare
            248,
            249,
            250, // add_key, request_key, keyctl
            321,
            298,
            323, // bpf, perf_event_open, userfaultfd
            246,
            320, // kexec_load, kexec_file_load
            175,
            313,
            176, // init_module, finit_module, delete_module
            164,
            227,
            305,
            159, // settimeofday, clock_settime, clock_adjtime, adjtimex
            167,
            168,
            169, // swapon, swapoff, reboot
            163,
            179,
            170,
            171, // acct, quotactl, sethostname, setdomainname
            172,
            173,
            103, // iopl, ioperm, syslog
            304,
            300,
            153,
            212,
            312 // open_by_handle_at, fanotify_init, vhangup, lookup_dcookie, kcmp
            );

    static final List<Integer> GENERIC = with(
            40,
            39,
            41, // mount, umount2, pivot_root
            268,
            97, // setns, unshare
            217,
            218,
            219, // add_key, request_key, keyctl
            280,
            241,
            282, // bpf, perf_event_open, userfaultfd
            104,
            294, // kexec_load, kexec_file_load
            105,
            273,
            106, // init_module, finit_module, delete_module
            170,
            112,
            266,
            171, // settimeofday, clock_settime, clock_adjtime, adjtimex
            224,
            225,
            142, // swapon, swapoff, reboot
            89,
            60,
            161,
            162, // acct, quotactl, sethostname, setdomainname
            116, // syslog
            265,
            262,
            58,
            18,
            272 // open_by_handle_at, fanotify_init, vhangup, lookup_dcookie, kcmp
            );

    private DeniedCalls() {}

    private static List<Integer> with(Integer... own) {
        return Stream.concat(Stream.of(own), SHARED.stream()).toList();
    }
}
