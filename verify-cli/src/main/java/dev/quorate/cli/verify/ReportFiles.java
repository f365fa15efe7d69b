package dev.quorate.cli.verify;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.WrittenFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The files after {@code --report}: {@code junit=FILE,sarif=FILE,md=FILE}. */
record ReportFiles(Map<Kind, Path> files) {
    /** A format that CI systems read. */
    enum Kind {
        JUNIT,
        SARIF,
        MD
    }

    static ReportFiles read(Arguments arguments, Surroundings here) throws RefusedException {
        Map<Kind, Path> files = new EnumMap<>(Kind.class);
        for (String option : arguments.all("report")) {
            for (String part : option.split(",", -1)) {
                int equals = part.indexOf('=');
                Kind kind = kind(arguments, equals < 0 ? part : part.substring(0, equals));
                if (equals < 0 || files.put(kind, here.path(part.substring(equals + 1))) != null) {
                    throw arguments.refused("--report has the form junit=FILE,sarif=FILE,md=FILE, each at most once");
                }
            }
        }
        return new ReportFiles(files);
    }

    private static Kind kind(Arguments arguments, String word) throws RefusedException {
        return switch (word) {
            case "junit" -> Kind.JUNIT;
            case "sarif" -> Kind.SARIF;
            case "md" -> Kind.MD;
            default -> throw arguments.refused("--report has the form junit=FILE,sarif=FILE,md=FILE");
        };
    }

    /** Writes them all, whatever the verdict is. */
    void write(GateResult result) throws RefusedException {
        for (Map.Entry<Kind, Path> file : files.entrySet()) {
            String text = switch (file.getKey()) {
                case JUNIT -> JunitReport.of(result);
                case SARIF -> SarifReport.of(result);
                case MD -> MarkdownReport.of(result);
            };
            WrittenFile.replace(file.getValue(), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
