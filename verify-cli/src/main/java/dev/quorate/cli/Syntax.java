package dev.quorate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command accepts. {@code --json} and {@code --help} are accepted by all.
 *
 * @param name as typed, {@code spec check}
 * @param operand what an operand is, {@code FILE}; empty if there are none
 * @param least fewest operands
 * @param most most operands
 */
public record Syntax(String name, List<Option> options, String operand, int least, int most) {
    /** Most operands of a command that takes any number. */
    public static final int MANY = 10_000;

    public Syntax {
        options = List.copyOf(options);
    }

    /** A command without options and operands. */
    public static Syntax of(String name) {
        return new Syntax(name, List.of(Option.flag("json"), Option.flag("help")), "", 0, 0);
    }

    /** The same with more options. */
    public Syntax with(Option... more) {
        List<Option> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Syntax(name, all, operand, least, most);
    }

    /** The same with operands. */
    public Syntax operands(String what, int fewest, int greatest) {
        return new Syntax(name, options, what, fewest, greatest);
    }

    Optional<Option> option(String written) {
        return options.stream().filter(option -> option.isWritten(written)).findFirst();
    }
}
