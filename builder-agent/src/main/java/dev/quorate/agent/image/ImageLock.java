package dev.quorate.agent.image;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.apt.AptArchive;
import dev.quorate.inputs.apt.AptUnusableException;
import dev.quorate.inputs.apt.ArchivePackage;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an image is made of, to the byte.
 *
 * @param suite Debian code name
 * @param root packages that are installed
 * @param kernel the package of what the machine boots
 * @param runtime the Java that runs the agent; where there is none, any will do
 * @param program the digest of the agent; where there is none, any will do
 */
record ImageLock(
        String suite,
        List<LockedFile> root,
        LockedFile kernel,
        Optional<JavaRuntime> runtime,
        Optional<Sha256> program) {
    static final int MAX_BYTES = 4 << 20;
    private static final String FORMAT = "quorate/builder-image/v1";
    private static final int MOST_PACKAGES = 1000;
    private static final String KERNEL = "linux-image-cloud-amd64";
    /** Beside Debian's essential packages: what the agent runs, and what the machine starts with. */
    private static final List<String> PACKAGES = List.of(
            "apt",
            "bubblewrap",
            "busybox-static",
            "dmsetup",
            "e2fsprogs",
            "mmdebstrap",
            "mount",
            "tpm2-tools",
            "libtss2-tcti-device0 | libtss2-tcti-device0t64",
            "zlib1g");

    ImageLock {
        root = List.copyOf(root);
    }

    /** What an archive has now, with a runtime and a program. */
    static ImageLock resolve(AptArchive archive, Overlay overlay)
            throws ImageException, AptUnusableException, MalformedException, IOException, InterruptedException {
        archive.update();
        List<String> relations = new ArrayList<>();
        if (archive.has("usr-is-merged")) {
            relations.add("usr-is-merged");
        }
        relations.addAll(archive.essential());
        relations.addAll(PACKAGES);
        List<LockedFile> root = pins(archive, archive.closure(relations, List.of(), List.of()).stream());
        // The package of that name only depends on the newest kernel, which is alone needed of what it depends on.
        List<LockedFile> kernel = pins(
                archive,
                archive.closure(List.of(KERNEL), List.of(), List.of()).stream()
                        .filter(found -> found.name().matches("linux-image-[0-9].*")));
        if (kernel.size() != 1) {
            throw new ImageException(archive.suite() + " has no kernel behind " + KERNEL);
        }
        return new ImageLock(archive.suite(), root, kernel.getFirst(), Optional.empty(), Optional.empty())
                .with(overlay);
    }

    /** The same packages with that runtime and program. */
    ImageLock with(Overlay overlay) {
        return new ImageLock(suite, root, kernel, Optional.of(overlay.runtime()), Optional.of(overlay.program()));
    }

    /** Why a runtime and a program would make another image than this, with the remedy. */
    Optional<String> otherwise(Overlay overlay) {
        Optional<String> java = runtime.filter(
                        locked -> !locked.files().equals(overlay.runtime().files()))
                .map(locked -> "runtime: the image was made with the JDK " + Printable.of(locked.version())
                        + ", this is " + overlay.runtime().version()
                        + "; run it with that one (QUORATE_JAVA_HOME), or take the member out of the lock");
        return java.or(() -> program.filter(locked -> !locked.equals(overlay.program()))
                .map(locked -> "program: the image was made by another build of Quorate, whose program has the digest "
                        + locked.hex() + ", and this one " + overlay.program().hex()
                        + "; run that one, or take the member out of the lock"));
    }

    private static List<LockedFile> pins(AptArchive archive, Stream<ArchivePackage> packages) {
        return packages.flatMap(found -> found.pins(LockedFile.Role.ENVIRONMENT, archive.suite()).stream())
                .toList();
    }

    /** Every file, for a fetcher. */
    List<LockedFile> files() {
        List<LockedFile> all = new ArrayList<>(root);
        all.add(kernel);
        return all;
    }

    static ImageLock parse(byte[] bytes, String name) throws MalformedException {
        Fields fields = Fields.of(JsonReader.read(bytes, MAX_BYTES, name), name);
        fields.literal("format", FORMAT);
        var lock = new ImageLock(
                fields.string("suite", ImageLock::suite),
                fields.objects("root", MOST_PACKAGES, ImageLock::file),
                fields.object("kernel", ImageLock::file),
                fields.optionalObject("runtime", ImageLock::runtime),
                fields.optional("program", Sha256::parse));
        fields.end();
        return lock;
    }

    Json.Obj json() {
        Json.Builder json = Json.object()
                .put("format", FORMAT)
                .put("suite", suite)
                .put("root", Json.arr(root.stream().map(ImageLock::json).toList()))
                .put("kernel", json(kernel));
        runtime.ifPresent(java -> json.put(
                "runtime",
                Json.object()
                        .put("version", java.version())
                        .put("sha256", java.files().hex())
                        .build()));
        program.ifPresent(digest -> json.put("program", digest.hex()));
        return json.build();
    }

    private static JavaRuntime runtime(Fields fields) throws MalformedException {
        var runtime = new JavaRuntime(fields.string("version"), fields.string("sha256", Sha256::parse));
        fields.end();
        return runtime;
    }

    private static LockedFile file(Fields fields) throws MalformedException {
        var file = new LockedFile(
                LockedFile.Role.ENVIRONMENT,
                fields.string("path", RelativePath::parse),
                fields.string("from", Locator::parse),
                fields.integer("size", 0, 1L << 40),
                fields.string("sha256", Sha256::parse));
        fields.end();
        return file;
    }

    private static Json.Obj json(LockedFile file) {
        return Json.object()
                .put("path", file.path().text())
                .put("from", file.from().toString())
                .put("size", file.size())
                .put("sha256", file.sha256().hex())
                .build();
    }

    private static String suite(String text) {
        if (!text.matches("[a-z]{3,32}")) {
            throw new IllegalArgumentException("must be a Debian code name like bookworm");
        }
        return text;
    }
}
