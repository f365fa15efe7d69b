package dev.quorate.agent.qrexec;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * How another machine's build service is reached, and the key that answers there.
 *
 * @param command a program and its arguments, whose standard input and output are the service's
 * @param service the key that {@code agent qrexec --init} printed there
 */
public record RemoteCommand(List<String> command, P256Key service) {
    private static final int MOST_WORDS = 64;

    public RemoteCommand {
        command = List.copyOf(command);
    }

    /** Reads {@code qrexec} of an agent's configuration. */
    public static RemoteCommand read(Fields fields) throws MalformedException {
        var remote = new RemoteCommand(
                fields.strings("command", MOST_WORDS, RemoteCommand::word), fields.string("service", P256Key::parse));
        fields.end();
        if (remote.command.isEmpty()) {
            throw fields.wrong("command", "must name a program, [qrexec-client-vm, build-remote, quorate.Build+b1]");
        }
        return remote;
    }

    private static String word(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must be a word without control characters");
        }
        return text;
    }
}
