package dev.quorate.inputs.maven;

import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLStreamException;

/**
 * The repository that this machine's Maven takes for {@code central}.
 *
 * @param base ends with a slash
 * @param headers of every request; may hold credentials
 */
record RemoteRepository(URI base, Map<String, String> headers) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([A-Za-z0-9_]+)}");
    private static final String SUPER_POM = "org/apache/maven/model/pom-4.0.0.xml";

    static RemoteRepository of(MavenMachine machine) throws MavenUnusableException, IOException {
        List<Map<String, String>> servers = new ArrayList<>();
        Optional<Map<String, String>> mirror = Optional.empty();
        for (Path settings : machine.settings()) {
            servers.addAll(records(settings, "settings/servers/server"));
            if (mirror.isEmpty()) {
                mirror = records(settings, "settings/mirrors/mirror").stream()
                        .filter(record -> standsForCentral(record.getOrDefault("mirrorOf", "")))
                        .filter(record ->
                                !record.getOrDefault("blocked", "false").equals("true"))
                        .findFirst();
            }
        }
        if (mirror.isEmpty()) {
            return new RemoteRepository(base(centralOf(machine.homes())), Map.of());
        }
        String id = mirror.get().getOrDefault("id", "");
        Optional<Map<String, String>> server = servers.stream()
                .filter(record -> record.getOrDefault("id", "").equals(id))
                .findFirst();
        String url = mirror.get().getOrDefault("url", "");
        return new RemoteRepository(
                base(filled(url, machine)),
                server.map(record -> credentials(record, machine)).orElse(Map.of()));
    }

    URI uri(RelativePath path) {
        try {
            // The constructor with parts quotes what a URI cannot hold as it is.
            String quoted = new URI(null, null, "/" + path.text(), null).getRawPath();
            return URI.create(base + quoted.substring(1).replace("+", "%2B"));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a relative path is always a URI path", e);
        }
    }

    /** {@code mirrorOf} as Maven reads it, for the one repository {@code central}. */
    static boolean standsForCentral(String mirrorOf) {
        boolean stands = false;
        for (String part : mirrorOf.split(",")) {
            switch (part.strip()) {
                case "!central" -> {
                    return false;
                }
                case "central" -> {
                    return true;
                }
                case "*", "external:*" -> stands = true;
                default -> {}
            }
        }
        return stands;
    }

    private static String centralOf(List<Path> homes) throws MavenUnusableException, IOException {
        for (Path home : homes) {
            Path lib = home.resolve("lib");
            if (!Files.isDirectory(lib)) {
                continue;
            }
            try (Stream<Path> jars = Files.list(lib)) {
                Optional<Path> jar = jars.filter(
                                file -> file.getFileName().toString().matches("maven-model-builder.*\\.jar"))
                        .min(Path::compareTo);
                if (jar.isPresent()) {
                    return superPom(jar.get());
                }
            }
        }
        throw new MavenUnusableException(
                "no Maven is installed and settings.xml names no mirror of central, so no Maven"
                        + " repository is known; install Maven, or write a mirror into the file .m2/settings.xml");
    }

    private static String superPom(Path jar) throws IOException, MavenUnusableException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(SUPER_POM);
            if (entry == null) {
                throw new MavenUnusableException(jar + " has no super POM");
            }
            try (InputStream xml = file.getInputStream(entry)) {
                return Xml.records(xml, "project/repositories/repository").stream()
                        .filter(record -> record.getOrDefault("id", "").equals("central"))
                        .map(record -> record.getOrDefault("url", ""))
                        .findFirst()
                        .orElseThrow(() -> new MavenUnusableException(jar + " names no repository central"));
            }
        } catch (XMLStreamException e) {
            throw new MavenUnusableException(jar + " has a super POM that is not XML", e);
        }
    }

    private static List<Map<String, String>> records(Path settings, String path)
            throws IOException, MavenUnusableException {
        if (!Files.isRegularFile(settings)) {
            return List.of();
        }
        try (InputStream xml = Files.newInputStream(settings)) {
            return Xml.records(xml, path);
        } catch (XMLStreamException e) {
            throw new MavenUnusableException(settings + " is not XML that Maven would read", e);
        }
    }

    private static Map<String, String> credentials(Map<String, String> server, MavenMachine machine) {
        String password = filled(server.getOrDefault("password", ""), machine);
        // An encrypted password, {…}, needs Maven's master key; the request then goes without.
        if (!server.containsKey("username") || password.startsWith("{")) {
            return Map.of();
        }
        String pair = filled(server.get("username"), machine) + ":" + password;
        return Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static String filled(String text, MavenMachine machine) {
        return VARIABLE.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(machine.environment().getOrDefault(match.group(1), match.group())));
    }

    private static URI base(String url) throws MavenUnusableException {
        try {
            URI uri = URI.create(url.endsWith("/") ? url : url + "/");
            if ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new MavenUnusableException("the Maven repository's URL is not a URL", e);
        }
        throw new MavenUnusableException("the Maven repository's URL is neither http nor https");
    }
}
