package dev.quorate.cli.trust;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.digest.Sha256;
import dev.quorate.host.EventLog;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.EventReference;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Tpm2Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reference values as options: {@code --pcr 7=HEX}, {@code --event 4=HEX}, {@code --allow 4=HEX}; the number alone takes
 * what the event log of a machine holds. {@code --reference FILE} takes the values of an image of a machine.
 */
final class ReferenceOptions {
    private static final int LONGEST_LOG = 1 << 20;

    private static final int LONGEST_REFERENCE = 1 << 20;
    private static final int MOST_PCRS = 24;

    private final Arguments arguments;
    private final Optional<EventLog> log;
    private final List<PcrReference> image;

    private ReferenceOptions(Arguments arguments, Optional<EventLog> log, List<PcrReference> image) {
        this.arguments = arguments;
        this.log = log;
        this.image = image;
    }

    /** The profile that the options describe. */
    static Tpm2Profile profile(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        Optional<EventLog> log = Optional.empty();
        if (arguments.has("event-log")) {
            GivenFile file = GivenFile.of(here, arguments.value("event-log"));
            log = Optional.of(EventLog.parse(file.bytes(LONGEST_LOG), file.printable()));
        }
        return new ReferenceOptions(arguments, log, image(arguments, here)).profile();
    }

    /** What {@code quorate agent measure} prints and {@code quorate agent image} writes. */
    private static List<PcrReference> image(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        if (!arguments.has("reference")) {
            return List.of();
        }
        GivenFile file = GivenFile.of(here, arguments.value("reference"));
        Fields fields = Fields.of(
                JsonReader.read(file.bytes(LONGEST_REFERENCE), LONGEST_REFERENCE, file.printable()), file.printable());
        List<PcrReference> image = fields.objects("pcrs", MOST_PCRS, PcrReference::read);
        fields.end();
        return image;
    }

    private Tpm2Profile profile() throws RefusedException {
        List<PcrReference> pcrs = new ArrayList<>(image);
        for (Map.Entry<Integer, List<Sha256>> given :
                given("pcr", pcr -> List.of(log().replay(pcr))).entrySet()) {
            pcrs.add(new PcrReference(given.getKey(), given.getValue()));
        }
        SortedMap<Integer, List<Sha256>> required = given("event", pcr -> log().events(pcr));
        SortedMap<Integer, List<Sha256>> allowed = given("allow", pcr -> log().events(pcr));
        SortedSet<Integer> registers = new TreeSet<>(required.keySet());
        registers.addAll(allowed.keySet());
        List<EventReference> events = registers.stream()
                .map(pcr -> new EventReference(
                        pcr, required.getOrDefault(pcr, List.of()), allowed.getOrDefault(pcr, List.of())))
                .toList();
        List<Sha256> ima = new ArrayList<>();
        for (String text : arguments.all("ima")) {
            ima.add(digest("ima", text));
        }
        if (pcrs.isEmpty() && events.isEmpty() && ima.isEmpty()) {
            throw arguments.refused(
                    "a profile needs reference values: --reference FILE, --pcr N=HEX, --event N=HEX or --allow N=HEX");
        }
        return arguments.value("name", name -> new Tpm2Profile(name, pcrs, events, arguments.has("drtm"), ima));
    }

    private EventLog log() {
        return log.orElseThrow();
    }

    private SortedMap<Integer, List<Sha256>> given(String option, Function<Integer, List<Sha256>> fromLog)
            throws RefusedException {
        SortedMap<Integer, List<Sha256>> all = new TreeMap<>();
        for (String text : arguments.all(option)) {
            int equals = text.indexOf('=');
            int pcr = number(option, equals < 0 ? text : text.substring(0, equals));
            if (equals < 0 && log.isEmpty()) {
                throw arguments.refused("--" + option + " " + pcr
                        + " alone takes its values from a machine's log; name it with --event-log FILE, or write --"
                        + option + " " + pcr + "=HEX");
            }
            List<Sha256> more = equals < 0 ? fromLog.apply(pcr) : List.of(digest(option, text.substring(equals + 1)));
            if (more.isEmpty()) {
                throw arguments.refused("the event log has no event of PCR " + pcr);
            }
            List<Sha256> values = all.computeIfAbsent(pcr, p -> new ArrayList<>());
            more.stream().filter(value -> !values.contains(value)).forEach(values::add);
        }
        return all;
    }

    private int number(String option, String text) throws RefusedException {
        if (!text.matches("[0-9]|1[0-9]|2[0-3]")) {
            throw arguments.refused(
                    "--" + option + " has the form N=HEX or N, N a PCR from 0 to 23, not " + Printable.quote(text));
        }
        return Integer.parseInt(text);
    }

    private Sha256 digest(String option, String text) throws RefusedException {
        try {
            return Sha256.parse(text);
        } catch (IllegalArgumentException e) {
            throw arguments.refused(
                    "--" + option + " needs the 64 lower-case hex digits of a SHA-256, not " + Printable.quote(text));
        }
    }
}
