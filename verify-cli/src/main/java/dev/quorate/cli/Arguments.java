package dev.quorate.cli;

import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The options and operands of one call, checked against the command's {@link Syntax}. */
public final class Arguments {
    private final Syntax syntax;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Arguments(Syntax syntax) {
        this.syntax = syntax;
    }

    /** Reads what follows the command's name. */
    public static Arguments read(Syntax syntax, List<String> words) throws RefusedException {
        var arguments = new Arguments(syntax);
        arguments.take(words);
        if (!arguments.has("help")) {
            arguments.check();
        }
        return arguments;
    }

    private void take(List<String> words) throws RefusedException {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                return;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            Option option = option(equals < 0 ? word : word.substring(0, equals));
            if (option.isFlag()) {
                if (equals >= 0) {
                    throw refused(option.written() + " takes no value");
                }
                keep(option, "");
            } else if (equals >= 0) {
                keep(option, word.substring(equals + 1));
            } else if (i + 1 < words.size()) {
                keep(option, words.get(++i));
            } else {
                throw refused(option.written() + " needs a value, " + option);
            }
        }
    }

    private Option option(String written) throws RefusedException {
        Optional<Option> option = syntax.option(written);
        if (option.isPresent()) {
            return option.get();
        }
        List<String> known = syntax.options().stream().map(Option::written).toList();
        throw refused(Printable.of(written) + " is not an option" + NearMiss.among(known, written) + "; see quorate "
                + syntax.name() + " --help");
    }

    private void keep(Option option, String value) throws RefusedException {
        List<String> list = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
        if (!list.isEmpty() && option.use() != Option.Use.REPEATED && !option.isFlag()) {
            throw refused(option.written() + " is given twice; give it once");
        }
        list.add(value);
    }

    private void check() throws RefusedException {
        for (Option option : syntax.options()) {
            if (option.use() == Option.Use.REQUIRED && !has(option.name())) {
                throw refused("needs " + option + "; see quorate " + syntax.name() + " --help");
            }
        }
        if (operands.size() < syntax.least()) {
            throw refused("needs " + syntax.operand() + "; see quorate " + syntax.name() + " --help");
        }
        if (operands.size() > syntax.most()) {
            throw refused(Printable.quote(operands.get(syntax.most())) + " is one operand too many");
        }
    }

    /** Whether an option is given. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value of an option that the syntax requires. */
    public String value(String name) {
        return values.get(name).getFirst();
    }

    /** The value of an option that may be absent. */
    public Optional<String> optional(String name) {
        return has(name) ? Optional.of(value(name)) : Optional.empty();
    }

    /** All values of an option, in the order given. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** The value of a required option in the form of a value type. */
    public <T> T value(String name, Function<String, T> parser) throws RefusedException {
        return parsed("--" + name, value(name), parser);
    }

    /** The value of an option, which may be absent, in the form of a value type. */
    public <T> Optional<T> optional(String name, Function<String, T> parser) throws RefusedException {
        return has(name) ? Optional.of(value(name, parser)) : Optional.empty();
    }

    /** The operands. */
    public List<String> operands() {
        return List.copyOf(operands);
    }

    /** One operand in the form of a value type. */
    public <T> T operand(int index, Function<String, T> parser) throws RefusedException {
        return parsed(syntax.operand(), operands.get(index), parser);
    }

    /** A refusal that names the command. */
    public RefusedException refused(String problem) {
        return new RefusedException(syntax.name() + ": " + problem);
    }

    private <T> T parsed(String what, String text, Function<String, T> parser) throws RefusedException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw refused(what + ": " + e.getMessage() + ", not " + Printable.quote(text));
        }
    }
}
