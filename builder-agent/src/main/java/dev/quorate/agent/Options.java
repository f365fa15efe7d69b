package dev.quorate.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Command line options; each takes one value, but for flags. */
record Options(Map<String, String> values) {
    private static final String PRESENT = "";

    /**
     * Reads arguments.
     *
     * @throws ConfigurationException for an option that is not known, given twice, or without its value
     */
    static Options parse(List<String> arguments, Set<String> valued, Set<String> flags) throws ConfigurationException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            String value = PRESENT;
            if (valued.contains(name)) {
                i++;
                if (i == arguments.size()) {
                    throw new ConfigurationException(name + " needs a value");
                }
                value = arguments.get(i);
            } else if (!flags.contains(name)) {
                throw new ConfigurationException(name + " is not known here; the options are "
                        + String.join(", ", valued.stream().sorted().toList())
                        + (flags.isEmpty() ? "" : ", " + String.join(", ", flags)));
            }
            if (values.put(name, value) != null) {
                throw new ConfigurationException(name + " is given twice");
            }
        }
        return new Options(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String need(String name) throws ConfigurationException {
        return get(name).orElseThrow(() -> new ConfigurationException(name + " is missing; see quorate agent --help"));
    }
}
