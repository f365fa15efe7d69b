package dev.quorate.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value whose numbers are integers. Immutable; objects keep the order in which they were written. */
public sealed interface Json {
    /** The largest magnitude that every JSON implementation reads exactly (RFC 8259 §6). */
    long MAX_INTEGER = (1L << 53) - 1;

    /** An object. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name, if there is one. */
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Str(String value) implements Json {}

    /** An integer. */
    record Num(long value) implements Json {
        public Num {
            if (Math.abs(value) > MAX_INTEGER) {
                throw new IllegalArgumentException("integers beyond 2^53-1 are not exact in JSON");
            }
        }
    }

    /** A truth value. */
    record Bool(boolean value) implements Json {}

    /** The null value. */
    record Null() implements Json {}

    /** A string value. */
    static Str str(String value) {
        return new Str(value);
    }

    /** An integer value. */
    static Num num(long value) {
        return new Num(value);
    }

    /** A truth value. */
    static Bool bool(boolean value) {
        return new Bool(value);
    }

    /** An array of the given values. */
    static Arr arr(List<? extends Json> items) {
        return new Arr(new ArrayList<>(items));
    }

    /** An array of strings. */
    static Arr strings(List<String> items) {
        return new Arr(items.stream().<Json>map(Str::new).toList());
    }

    /** Starts an object. */
    static Builder object() {
        return new Builder();
    }

    /** Collects the members of an object in writing order. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        /** Adds a member; a name can be given once. */
        public Builder put(String name, Json value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new IllegalStateException("member given twice: " + name);
            }
            return this;
        }

        /** Adds a string member. */
        public Builder put(String name, String value) {
            return put(name, new Str(value));
        }

        /** Adds an integer member. */
        public Builder put(String name, long value) {
            return put(name, new Num(value));
        }

        /** Adds a boolean member. */
        public Builder put(String name, boolean value) {
            return put(name, new Bool(value));
        }

        /** Adds a member if there is a value. */
        public Builder putIfPresent(String name, Optional<? extends Json> value) {
            value.ifPresent(v -> put(name, v));
            return this;
        }

        /** The finished object. */
        public Obj build() {
            return new Obj(members);
        }
    }
}
