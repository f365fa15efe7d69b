package dev.quorate.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads an object member by member and says where it goes wrong. Each accessor takes one member; {@link #end} refuses
 * whatever was not taken, so an unknown name is never ignored by accident.
 */
public final class Fields {
    private final Json.Obj object;
    private final Place place;
    private final Map<Json, Integer> lines;
    private final Set<String> taken = new HashSet<>();

    /** Taken or looked for; only to tell a person what there is. */
    private final Set<String> known = new HashSet<>();

    Fields(Json.Obj object, Place place, Map<Json, Integer> lines) {
        this.object = object;
        this.place = place.at(lines.getOrDefault(object, 0));
        this.lines = lines;
    }

    /** Reads the members of a value that must be an object, from an input that has no lines. */
    public static Fields of(Json value, String input) throws MalformedException {
        if (value instanceof Json.Obj object) {
            return new Fields(object, Place.of(input), Map.of());
        }
        throw new MalformedException(input, "must be an object");
    }

    /** A text parser that throws {@link IllegalArgumentException} with a sentence for a person. */
    public interface Parser<T> extends Function<String, T> {}

    /** Reads the members of one object. */
    public interface Shape<T> {
        /** Takes what it needs and calls {@link Fields#end}. */
        T read(Fields fields) throws MalformedException;
    }

    /** The object itself. */
    public Json.Obj json() {
        return object;
    }

    /** Where the object stands. */
    public Place place() {
        return place;
    }

    /** Whether there is a member of that name. */
    public boolean has(String name) {
        known.add(name);
        return object.members().containsKey(name);
    }

    /** Any value. */
    public Json value(String name) throws MalformedException {
        taken.add(name);
        known.add(name);
        Optional<Json> value = object.get(name);
        if (value.isEmpty()) {
            throw new MalformedException(place.member(name), "is missing");
        }
        return value.get();
    }

    /** A string. */
    public String string(String name) throws MalformedException {
        if (value(name) instanceof Json.Str string) {
            return string.value();
        }
        throw wrong(name, "must be text; quote it if it looks like something else");
    }

    /** A string in the form of a value type. */
    public <T> T string(String name, Parser<T> parser) throws MalformedException {
        String text = string(name);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            // A parser of the JDK's repeats what it was given.
            throw wrong(name, Printable.of(String.valueOf(e.getMessage())) + ", not " + Printable.quote(text));
        }
    }

    /** A string that is the name of one of these. */
    public <E extends Enum<E>> E word(String name, Class<E> words) throws MalformedException {
        String text = string(name);
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        String names = Stream.of(words.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        throw wrong(name, "must be one of " + names + ", not " + Printable.quote(text));
    }

    /** A string that must be exactly this. */
    public void literal(String name, String expected) throws MalformedException {
        if (!string(name).equals(expected)) {
            throw wrong(name, "must be " + expected);
        }
    }

    /** A string that may be absent. */
    public <T> Optional<T> optional(String name, Parser<T> parser) throws MalformedException {
        return has(name) ? Optional.of(string(name, parser)) : Optional.empty();
    }

    /** An integer within bounds, both inclusive. */
    public long integer(String name, long least, long most) throws MalformedException {
        if (value(name) instanceof Json.Num number && number.value() >= least && number.value() <= most) {
            return number.value();
        }
        throw wrong(name, "must be an integer from " + least + " to " + most);
    }

    /** A truth value. */
    public boolean bool(String name) throws MalformedException {
        if (value(name) instanceof Json.Bool bool) {
            return bool.value();
        }
        throw wrong(name, "must be true or false");
    }

    /** An object. */
    public Fields object(String name) throws MalformedException {
        if (value(name) instanceof Json.Obj child) {
            return new Fields(child, here(name), lines);
        }
        throw wrong(name, "must be a mapping of names to values");
    }

    /** An object read by a shape. */
    public <T> T object(String name, Shape<T> shape) throws MalformedException {
        return shape.read(object(name));
    }

    /** An object that may be absent. */
    public <T> Optional<T> optionalObject(String name, Shape<T> shape) throws MalformedException {
        return has(name) ? Optional.of(object(name, shape)) : Optional.empty();
    }

    /** A list of strings in the form of a value type. */
    public <T> List<T> strings(String name, int most, Parser<T> parser) throws MalformedException {
        List<T> result = new ArrayList<>();
        for (Json item : items(name, most)) {
            Place itemPlace = itemPlace(name, result.size(), item);
            if (!(item instanceof Json.Str text)) {
                throw new MalformedException(itemPlace, "must be text; quote it if it looks like something else");
            }
            try {
                result.add(parser.apply(text.value()));
            } catch (IllegalArgumentException e) {
                throw new MalformedException(itemPlace, e.getMessage() + ", not " + Printable.quote(text.value()));
            }
        }
        return List.copyOf(result);
    }

    /** A list of objects. */
    public <T> List<T> objects(String name, int most, Shape<T> shape) throws MalformedException {
        List<T> result = new ArrayList<>();
        for (Json item : items(name, most)) {
            Place itemPlace = itemPlace(name, result.size(), item);
            if (!(item instanceof Json.Obj child)) {
                throw new MalformedException(itemPlace, "must be a mapping of names to values");
            }
            result.add(shape.read(new Fields(child, itemPlace, lines)));
        }
        return List.copyOf(result);
    }

    /** The names of all members, in writing order. */
    public List<String> names() {
        return List.copyOf(object.members().keySet());
    }

    /** Refuses members that nobody took. */
    public void end() throws MalformedException {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (!taken.contains(member.getKey())) {
                Place where = place.member(Printable.of(member.getKey())).at(lines.getOrDefault(member.getValue(), 0));
                String names = known.stream().sorted().collect(Collectors.joining(", "));
                throw new MalformedException(where, "is not known here; the names are " + names);
            }
        }
    }

    /** An error about one member, at its line. */
    public MalformedException wrong(String name, String problem) {
        return new MalformedException(here(name), problem);
    }

    private List<Json> items(String name, int most) throws MalformedException {
        if (!(value(name) instanceof Json.Arr array)) {
            throw wrong(name, "must be a list");
        }
        if (array.items().size() > most) {
            throw wrong(name, "has more than " + most + " entries");
        }
        return array.items();
    }

    private Place here(String name) {
        Json value = object.members().get(name);
        return place.member(name).at(value == null ? 0 : lines.getOrDefault(value, 0));
    }

    private Place itemPlace(String name, int index, Json item) {
        return here(name).item(index).at(lines.getOrDefault(item, 0));
    }
}
