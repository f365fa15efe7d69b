package dev.quorate.json;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Refuses deep nesting while YAML is read, since the library's composer calls itself once a level. */
final class BoundedParser implements Parser {
    private final Parser parser;
    private final int deepest;
    private int depth;

    BoundedParser(Parser parser, int deepest) {
        this.parser = parser;
        this.deepest = deepest;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> depth++;
            case SequenceEnd, MappingEnd -> depth--;
            default -> {}
        }
        if (depth > deepest) {
            throw new ParserException("nested deeper than " + deepest, event.getStartMark());
        }
        return event;
    }
}
